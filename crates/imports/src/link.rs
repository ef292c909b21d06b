//! Ratings in a link: as few letters as may be, and the same records on the other side.
//!
//! A link carries, in base64url without padding, a byte with the version and a zlib stream, whose checksum tells a link
//! that was cut short. Inside, numbers are LEB128:
//!
//! ```text
//! catalogues, for each: length and bytes of its name, records, for each, the oldest first:
//!   id: twice the number, or 1 + twice the length and the bytes of any other id
//!   what was said: half stars in the low four bits or 15 for one not seen, 16 seen, 32 not for me, 64 on the watchlist, 128 a title follows
//!   seconds since the record before, or since 1970
//!   length and bytes of the title, and the year or 0
//! ```
//!
//! Times are kept to the second. The other side knows the titles of its catalogue, so only records that are in none need
//! theirs.

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::{DecodeError, Engine};
use matinee_format::Model;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use crate::draft::row_of;
use crate::record::{Marks, Record};

const VERSION: u8 = 1;
/// Most that is unpacked: half a million films.
const MAX_BYTES: usize = 4 << 20;
/// Most seconds since 1970 that are believed: the year 9999.
const MAX_SECONDS: u64 = 253_402_300_799;
/// The best there is: a link is made once.
const EFFORT: u8 = 10;
const SEEN: u8 = 16;
const NOT_FOR_ME: u8 = 32;
const WATCHLIST: u8 = 64;
const TITLED: u8 = 128;
/// In place of half stars, which a film that was not seen has none of.
const UNSEEN: u8 = 15;

/// Why a link carries no ratings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// There is nothing in it, or letters that no such link has.
    #[error("this is no link with ratings")]
    NoLink,
    /// It was cut short or changed on its way.
    #[error("the link did not arrive whole")]
    Damaged,
    /// It was made by a newer Matinee.
    #[error("the link was made by a newer Matinee")]
    Newer,
}

/// What a link carries for `records`. Those that `titled` names bring their titles along.
pub fn encode(records: &[Record], titled: impl Fn(&Record) -> bool) -> String {
    let mut catalogues: Vec<(&str, Vec<(&str, &Record)>)> = Vec::new();
    for record in records {
        let (name, id) = match record.item.split_once(':') {
            Some((name, id)) if !name.is_empty() => (name, id),
            _ => ("", record.item.as_str()),
        };
        match catalogues.iter_mut().find(|(other, _)| *other == name) {
            Some((_, records)) => records.push((id, record)),
            None => catalogues.push((name, vec![(id, record)])),
        }
    }
    let mut bytes = Vec::new();
    number(&mut bytes, catalogues.len() as u64);
    for (name, mut records) in catalogues {
        text(&mut bytes, name);
        number(&mut bytes, records.len() as u64);
        records.sort_by_key(|(id, record)| (seconds(record), *id));
        let mut last = 0;
        for (id, record) in records {
            match plain_number(id) {
                Some(id) => number(&mut bytes, id << 1),
                None => {
                    number(&mut bytes, (id.len() as u64) << 1 | 1);
                    bytes.extend(id.as_bytes());
                }
            }
            let Marks {
                seen,
                not_for_me,
                watchlist,
                unseen,
            } = record.marks;
            let titled = titled(record);
            let bit = |on: bool, bit: u8| if on { bit } else { 0 };
            bytes.push(
                record
                    .halves
                    .map_or(if unseen { UNSEEN } else { 0 }, |halves| halves.min(10))
                    | bit(seen, SEEN)
                    | bit(not_for_me, NOT_FOR_ME)
                    | bit(watchlist, WATCHLIST)
                    | bit(titled, TITLED),
            );
            let now = seconds(record);
            number(&mut bytes, now - last);
            last = now;
            if titled {
                text(&mut bytes, &record.title);
                number(&mut bytes, record.year.unwrap_or(0).into());
            }
        }
    }
    let mut packed = vec![VERSION];
    packed.extend(compress_to_vec_zlib(&bytes, EFFORT));
    URL_SAFE_NO_PAD.encode(packed)
}

/// What a link carries for `records`, to where `model` or one of the same catalogue tells the titles.
pub fn encode_beside(records: &[Record], model: &Model) -> String {
    encode(records, |record| row_of(model, &record.item).is_none())
}

/// The records that a link carries. Titles that it does not bring are empty.
///
/// # Errors
/// Any [`LinkError`]. Memory is bounded whatever the link says.
pub fn decode(code: &str) -> Result<Vec<Record>, LinkError> {
    let code = code.trim();
    let packed = URL_SAFE_NO_PAD.decode(code).map_err(|error| match error {
        // What a code is that lost its end; all of them begin with the six bits of a small version.
        DecodeError::InvalidLength(_) | DecodeError::InvalidLastSymbol { .. }
            if code.starts_with('A') =>
        {
            LinkError::Damaged
        }
        _ => LinkError::NoLink,
    })?;
    let (version, packed) = packed.split_first().ok_or(LinkError::NoLink)?;
    match *version {
        VERSION => {}
        version if version > VERSION => return Err(LinkError::Newer),
        _ => return Err(LinkError::NoLink),
    }
    let bytes =
        decompress_to_vec_zlib_with_limit(packed, MAX_BYTES).map_err(|_| LinkError::Damaged)?;
    let mut rest = &bytes[..];
    let records = records(&mut rest).ok_or(LinkError::Damaged)?;
    if rest.is_empty() {
        Ok(records)
    } else {
        Err(LinkError::Damaged)
    }
}

/// What stands behind `parameter=` in a link that somebody pasted, or all of it where no such thing is in it.
pub fn code_in<'t>(pasted: &'t str, parameter: &str) -> &'t str {
    let pasted = pasted.trim();
    let start = format!("{parameter}=");
    let code = pasted.split_once(&start).map_or(pasted, |(_, after)| after);
    let is_ours = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let end = code.find(|letter| !is_ours(letter)).unwrap_or(code.len());
    &code[..end]
}

fn records(rest: &mut &[u8]) -> Option<Vec<Record>> {
    let mut records = Vec::new();
    for _ in 0..read_number(rest)? {
        let catalogue = read_text(rest)?.to_owned();
        let mut last = 0_u64;
        // Nothing is set aside for what a number says: each record takes bytes that must be there.
        for _ in 0..read_number(rest)? {
            let id = read_number(rest)?;
            let id = match id & 1 {
                0 => (id >> 1).to_string(),
                _ => read_string(rest, id >> 1)?.to_owned(),
            };
            let (&said, after) = rest.split_first()?;
            *rest = after;
            last = last.checked_add(read_number(rest)?)?;
            let unseen = said & 15 == UNSEEN;
            let halves = if unseen { 0 } else { said & 15 };
            if halves > 10 || last > MAX_SECONDS {
                return None;
            }
            let (title, year) = if said & TITLED == 0 {
                (String::new(), None)
            } else {
                let title = read_text(rest)?.to_owned();
                let year = u16::try_from(read_number(rest)?).ok()?;
                (title, (year > 0).then_some(year))
            };
            let item = match catalogue.as_str() {
                "" => id,
                catalogue => format!("{catalogue}:{id}"),
            };
            records.push(Record {
                item,
                title,
                year,
                halves: (halves > 0).then_some(halves),
                marks: Marks {
                    seen: said & SEEN != 0,
                    not_for_me: said & NOT_FOR_ME != 0,
                    watchlist: said & WATCHLIST != 0,
                    unseen,
                },
                updated_at: last as f64 * 1000.0,
            });
        }
    }
    Some(records)
}

/// Whole seconds, within what is believed on the other side.
fn seconds(record: &Record) -> u64 {
    ((record.updated_at / 1000.0) as u64).min(MAX_SECONDS)
}

/// The number that is written exactly like `id`, if there is one.
fn plain_number(id: &str) -> Option<u64> {
    let number: u64 = id.parse().ok()?;
    (number < 1 << 62 && number.to_string() == id).then_some(number)
}

fn number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

fn read_text<'b>(rest: &mut &'b [u8]) -> Option<&'b str> {
    let length = read_number(rest)?;
    read_string(rest, length)
}

fn read_string<'b>(rest: &mut &'b [u8], length: u64) -> Option<&'b str> {
    let length = usize::try_from(length).ok()?;
    let (text, after) = rest.split_at_checked(length)?;
    *rest = after;
    std::str::from_utf8(text).ok()
}
