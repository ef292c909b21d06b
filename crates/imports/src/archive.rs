//! Zip archives of whole exports.

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipVerification};

use crate::File;
use crate::error::ImportError;

/// Most that is unpacked of one archive. Exports of a lifetime of films stay below a tenth of it.
const MAX_BYTES: usize = 64 << 20;

/// Files looked for, in whatever folder; a star stands for a number.
const FILES: [&str; 10] = [
    "ratings.csv",
    "diary.csv",
    "reviews.csv",
    "watched.csv",
    "watchlist.csv",
    "ratings-movies.json",
    "watched-movies.json",
    "watched-history-*.json",
    "lists-watchlist.json",
    "ratings.dat",
];

/// Folders of Letterboxd with what was deleted, and with films of others; and what macOS leaves behind.
const OTHER_FOLDERS: [&str; 5] = ["deleted", "orphaned", "likes", "lists", "__MACOSX"];

pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Names and contents of the files worth reading.
pub(crate) fn open(file: &File<'_>) -> Result<Vec<(String, Vec<u8>)>, ImportError> {
    let files = unpack(file.bytes).map_err(|reason| ImportError::Unreadable {
        file: file.name.to_owned(),
        reason,
    })?;
    if files.is_empty() {
        return Err(ImportError::NothingInArchive {
            file: file.name.to_owned(),
            expected: FILES.to_vec(),
        });
    }
    Ok(files)
}

fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let archive = ZipArchive::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut files = Vec::new();
    let mut left = MAX_BYTES;
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|error| error.to_string())? {
        let Ok(path) = entry.file_path().try_normalize() else {
            continue;
        };
        let path = path.as_str();
        if !is_wanted(path) {
            continue;
        }
        let inside = |reason: String| format!("{path} in it: {reason}");
        let data = archive
            .get_entry(entry.wayfinder())
            .map_err(|error| inside(error.to_string()))?;
        let contents = match entry.compression_method() {
            CompressionMethod::STORE if data.data().len() <= left => data.data().to_vec(),
            CompressionMethod::DEFLATE => {
                decompress_to_vec_with_limit(data.data(), left).map_err(|error| {
                    inside(format!(
                        "it is damaged, or larger than {} MB ({error})",
                        MAX_BYTES >> 20
                    ))
                })?
            }
            _ => return Err(inside("its compression is not known here".to_owned())),
        };
        let found = ZipVerification {
            crc: rawzip::crc32(&contents),
            uncompressed_size: contents.len() as u64,
        };
        data.claim_verifier()
            .valid(found)
            .map_err(|error| inside(error.to_string()))?;
        if contents.is_empty() {
            continue;
        }
        left -= contents.len();
        files.push((path.to_owned(), contents));
    }
    Ok(files)
}

fn is_wanted(path: &str) -> bool {
    let mut folders = path.split('/');
    let name = folders.next_back().unwrap_or(path);
    if folders.any(|folder| OTHER_FOLDERS.contains(&folder)) {
        return false;
    }
    FILES.iter().any(|file| match file.split_once('*') {
        None => name == *file,
        Some((before, after)) => {
            let number = name
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after));
            number.is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
        }
    })
}
