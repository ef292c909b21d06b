//! Whole exports, zipped.

use std::io::Write;

use matinee_imports::{File, ImportError, import};
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use proptest::sample::Index;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};

const HEADER: &str = "Date,Name,Year,Letterboxd URI,Rating\n";

/// A zip archive; every other file in it is compressed.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (number, (name, contents)) in files.iter().enumerate() {
        let (method, data) = match number % 2 {
            0 => (CompressionMethod::DEFLATE, compress_to_vec(contents, 6)),
            _ => (CompressionMethod::STORE, contents.to_vec()),
        };
        let (mut entry, _) = archive
            .new_file(name)
            .compression_method(method)
            .start()
            .expect("in memory");
        entry.write_all(&data).expect("in memory");
        entry
            .finish(DataDescriptorOutput::new(
                rawzip::crc32(contents),
                contents.len() as u64,
            ))
            .expect("in memory");
    }
    archive.finish().expect("in memory");
    bytes
}

#[test]
fn an_export_is_read_without_what_was_deleted() {
    let ratings = format!("{HEADER}2024-05-01,Heat,1995,a,4\n");
    let deleted = format!("{HEADER}2025-05-01,Heat,1995,a,1\n2025-05-01,Ronin,1998,b,1\n");
    let watched = "Date,Name,Year,Letterboxd URI\n2024-05-01,Ran,1985,c\n";
    let bytes = zip(&[
        ("letterboxd-watchlister/ratings.csv", ratings.as_bytes()),
        ("letterboxd-watchlister/watched.csv", watched.as_bytes()),
        (
            "letterboxd-watchlister/deleted/ratings.csv",
            deleted.as_bytes(),
        ),
        (
            "letterboxd-watchlister/likes/reviews.csv",
            deleted.as_bytes(),
        ),
        ("letterboxd-watchlister/profile.csv", b"Username\nme\n"),
        ("letterboxd-watchlister/diary.csv", b""),
    ]);
    let imported = import(
        &[File {
            name: "export.zip",
            bytes: &bytes,
        }],
        None,
    )
    .expect("a sound archive");
    assert_eq!(imported.rows.len(), 2);
    assert_eq!(imported.rows[0].rating, Some(4.0));
    let names: Vec<&str> = imported
        .files
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "letterboxd-watchlister/ratings.csv",
            "letterboxd-watchlister/watched.csv"
        ]
    );
}

#[test]
fn an_export_of_trakt_is_read() {
    let rating = br#"[{"rated_at": "2024-05-01T10:00:00Z", "rating": 8, "movie": {"title": "Heat", "year": 1995}}]"#;
    let history =
        br#"[{"watched_at": "2024-05-01T10:00:00Z", "movie": {"title": "Ran", "year": 1985}}]"#;
    let bytes = zip(&[
        ("ratings/ratings-movies.json", rating),
        ("watched/watched-history-12.json", history),
        ("watched/watched-history-x.json", b"{}"),
        ("lists/lists-list-1-best.json", b"{}"),
    ]);
    let imported = import(
        &[File {
            name: "export.zip",
            bytes: &bytes,
        }],
        None,
    )
    .expect("a sound archive");
    assert_eq!(imported.rows.len(), 2);
}

#[test]
fn what_is_wrong_with_an_archive_is_said() {
    let error = |bytes: &[u8]| {
        import(
            &[File {
                name: "a.zip",
                bytes,
            }],
            None,
        )
        .expect_err("the archive is of no use")
    };
    assert!(matches!(
        error(&zip(&[("notes.txt", b"hello")])),
        ImportError::NothingInArchive { .. }
    ));
    assert!(
        error(&zip(&[]))
            .to_string()
            .contains("ratings.csv, diary.csv")
    );

    let ratings = format!("{HEADER}2024-05-01,Heat,1995,a,4\n");
    let bytes = zip(&[("ratings.csv", ratings.as_bytes())]);
    assert!(matches!(
        error(&bytes[..bytes.len() - 9]),
        ImportError::Unreadable { .. }
    ));
    let mut flipped = bytes.clone();
    flipped[50] ^= 1;
    let message = error(&flipped).to_string();
    assert!(
        message.starts_with("a.zip cannot be read: ratings.csv in it:"),
        "{message}"
    );
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let bytes = zip(&[("ratings.csv", &vec![b'a'; 65 << 20])]);
    assert!(bytes.len() < 1 << 20);
    let error = import(
        &[File {
            name: "a.zip",
            bytes: &bytes,
        }],
        None,
    )
    .expect_err("too large");
    assert!(error.to_string().contains("larger than 64 MB"), "{error}");
}

proptest! {
    #[test]
    fn no_damage_panics(at: Index, byte: u8, cut: Index) {
        let ratings = format!("{HEADER}2024-05-01,Heat,1995,a,4\n");
        let mut bytes = zip(&[("ratings.csv", ratings.as_bytes()), ("diary.csv", ratings.as_bytes())]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = import(&[File { name: "a.zip", bytes: &bytes }], None);
    }
}
