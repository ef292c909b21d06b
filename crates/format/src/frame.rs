//! The preamble and the frames around chunks.

use miniz_oxide::deflate::core::{
    CompressionStrategy, CompressorOxide, TDEFLFlush, compress_to_output,
    create_comp_flags_from_zip_params,
};

use crate::checksum::checksum;
use crate::error::FormatError;

/// Bytes every model file begins with. The first is not ASCII, so that no text file matches.
pub(crate) const MAGIC: [u8; 8] = *b"\x93MATINEE";
/// Major version written and read: a reader refuses a newer one.
pub(crate) const MAJOR: u16 = 1;
/// Minor version of a file without stars. It grows with optional chunk kinds, which older readers skip, and a file
/// says the least that it needs.
pub(crate) const MINOR: u16 = 0;
/// Minor version of a file with stars.
pub(crate) const MINOR_STARS: u16 = 1;
/// Minor version of a file that says how far they count in a list.
pub(crate) const MINOR_CAUTION: u16 = 2;
/// Magic, major, minor, checksum.
pub(crate) const PREAMBLE_LEN: usize = 16;
/// Kind, encoding, two lengths, two checksums.
pub(crate) const FRAME_LEN: usize = 24;
/// Largest length of a chunk after decompression, in bytes.
pub(crate) const MAX_RAW: u32 = 1 << 26;
/// Most times a chunk may grow in decompression. Writers store a chunk that would grow more.
pub const MAX_RATIO: u32 = 16;

pub(crate) const KIND_HEAD: [u8; 4] = *b"HEAD";
pub(crate) const KIND_ITEM: [u8; 4] = *b"ITEM";
pub(crate) const KIND_STAR: [u8; 4] = *b"star";
pub(crate) const KIND_CAUTION: [u8; 4] = *b"caut";

/// How a chunk's payload is kept in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Stored = 0,
    Deflate = 1,
}

/// What stands before a chunk's payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: [u8; 4],
    /// An [`Encoding`], if this version knows it: a chunk that is skipped may use a later one.
    pub(crate) encoding: u32,
    pub(crate) compressed_len: u32,
    pub(crate) raw_len: u32,
    pub(crate) checksum: u32,
}

impl Frame {
    /// Whether a reader that does not know this kind may skip it: its first letter is lower case.
    pub(crate) fn is_optional(&self) -> bool {
        self.kind[0].is_ascii_lowercase()
    }

    pub(crate) fn to_bytes(self) -> [u8; FRAME_LEN] {
        let mut out = [0; FRAME_LEN];
        out[..4].copy_from_slice(&self.kind);
        out[4..8].copy_from_slice(&self.encoding.to_le_bytes());
        out[8..12].copy_from_slice(&self.compressed_len.to_le_bytes());
        out[12..16].copy_from_slice(&self.raw_len.to_le_bytes());
        out[16..20].copy_from_slice(&self.checksum.to_le_bytes());
        let own = checksum(&out[..20]);
        out[20..].copy_from_slice(&own.to_le_bytes());
        out
    }

    /// Reads the frame that begins at byte `offset` of the file. The payload's length is held against the limit
    /// here, so that no reader waits for, or keeps, more than that.
    pub(crate) fn parse(bytes: &[u8; FRAME_LEN], offset: u64) -> Result<Frame, FormatError> {
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        if checksum(&bytes[..20]) != word(20) {
            return Err(FormatError::Checksum {
                what: "the frame",
                offset,
            });
        }
        let frame = Frame {
            kind: [bytes[0], bytes[1], bytes[2], bytes[3]],
            encoding: word(4),
            compressed_len: word(8),
            raw_len: word(12),
            checksum: word(16),
        };
        if frame.compressed_len > MAX_RAW {
            return Err(frame.oversized(offset, MAX_RAW));
        }
        Ok(frame)
    }

    /// How the payload is to be read. Its length after decompression is held against the limits here, so that
    /// nothing later allocates on a forged one.
    pub(crate) fn encoding(&self, offset: u64) -> Result<Encoding, FormatError> {
        let wrong = |what: &str| Err(FormatError::invalid(what).at(offset));
        match self.encoding {
            0 if self.raw_len != self.compressed_len => {
                wrong("it is not compressed, yet declares two lengths")
            }
            0 => Ok(Encoding::Stored),
            1 => {
                let grown = self.compressed_len.saturating_mul(MAX_RATIO);
                let limit = grown.min(MAX_RAW);
                if self.raw_len > limit {
                    return Err(self.oversized(offset, limit));
                }
                Ok(Encoding::Deflate)
            }
            _ => wrong("it is compressed in a way this version does not know"),
        }
    }

    fn oversized(&self, offset: u64, limit: u32) -> FormatError {
        FormatError::Oversized {
            offset,
            raw: self.raw_len.into(),
            compressed: self.compressed_len.into(),
            limit: limit.into(),
        }
    }
}

/// The first 16 bytes of a file of this version.
pub(crate) fn preamble(minor: u16) -> [u8; PREAMBLE_LEN] {
    let mut out = [0; PREAMBLE_LEN];
    out[..8].copy_from_slice(&MAGIC);
    out[8..10].copy_from_slice(&MAJOR.to_le_bytes());
    out[10..12].copy_from_slice(&minor.to_le_bytes());
    let own = checksum(&out[..12]);
    out[12..].copy_from_slice(&own.to_le_bytes());
    out
}

/// Checks the preamble. Magic first, so that another kind of file is called by its name and not "damaged".
pub(crate) fn check_preamble(bytes: &[u8; PREAMBLE_LEN]) -> Result<(), FormatError> {
    if bytes[..8] != MAGIC {
        return Err(FormatError::NotAModel {
            found: bytes[..8].to_vec(),
        });
    }
    let declared = u32::from_le_bytes([bytes[12], bytes[13], bytes[14], bytes[15]]);
    if checksum(&bytes[..12]) != declared {
        return Err(FormatError::Checksum {
            what: "the preamble",
            offset: 0,
        });
    }
    match u16::from_le_bytes([bytes[8], bytes[9]]) {
        MAJOR => Ok(()),
        0 => Err(FormatError::invalid("there is no format version 0")),
        found => Err(FormatError::NewerVersion {
            found,
            supported: MAJOR,
        }),
    }
}

/// Compresses `raw`, whose last `vectors` bytes are codes, and puts a frame before it.
pub(crate) fn write_chunk(
    out: &mut Vec<u8>,
    kind: [u8; 4],
    raw: &[u8],
    vectors: usize,
) -> Result<(), FormatError> {
    let raw_len = u32::try_from(raw.len())
        .ok()
        .filter(|&n| n <= MAX_RAW)
        .ok_or_else(|| {
            FormatError::invalid(format!(
                "it would be {} bytes long; the limit is {MAX_RAW}. Use smaller chunks.",
                raw.len()
            ))
        })?;
    let packed = deflate(raw, vectors);
    let deflates = packed.len() < raw.len() && raw.len() <= packed.len() * MAX_RATIO as usize;
    let (encoding, payload) = if deflates {
        (Encoding::Deflate, packed.as_slice())
    } else {
        (Encoding::Stored, raw)
    };
    let frame = Frame {
        kind,
        encoding: encoding as u32,
        compressed_len: payload.len() as u32,
        raw_len,
        checksum: checksum(payload),
    };
    out.extend_from_slice(&frame.to_bytes());
    out.extend_from_slice(payload);
    Ok(())
}

/// One deflate stream in two parts. Text repeats itself; codes do not, and looking for repeats among them makes
/// them a tenth larger than coding each by how often it occurs.
fn deflate(raw: &[u8], vectors: usize) -> Vec<u8> {
    const LEVEL: i32 = 10;
    const RAW_DEFLATE: i32 = 0;
    let (text, codes) = raw.split_at(raw.len() - vectors);
    let mut packed = Vec::new();
    for (part, strategy, flush) in [
        (text, CompressionStrategy::Default, TDEFLFlush::Sync),
        (codes, CompressionStrategy::HuffmanOnly, TDEFLFlush::Finish),
    ] {
        let flags = create_comp_flags_from_zip_params(LEVEL, RAW_DEFLATE, strategy as i32);
        let mut compressor = CompressorOxide::new(flags);
        compress_to_output(&mut compressor, part, flush, |bytes| {
            packed.extend_from_slice(bytes);
            true
        });
    }
    packed
}

/// Holds a payload against the checksum in its frame.
pub(crate) fn check_payload(frame: &Frame, payload: &[u8], offset: u64) -> Result<(), FormatError> {
    if checksum(payload) != frame.checksum {
        return Err(FormatError::Checksum {
            what: "the chunk",
            offset,
        });
    }
    Ok(())
}
