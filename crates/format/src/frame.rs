//! The preamble and the frames around chunks.

use crate::error::FormatError;

/// Bytes every model file begins with. The first is not ASCII, so that no text file matches.
pub(crate) const MAGIC: [u8; 8] = *b"\x93MATINEE";
/// Major version written and read: a reader refuses a newer one.
pub(crate) const MAJOR: u16 = 1;
/// Minor version written: grows with optional chunk kinds, which older readers skip.
pub(crate) const MINOR: u16 = 0;
/// Magic, major, minor, checksum.
pub(crate) const PREAMBLE_LEN: usize = 16;
/// Kind, encoding, reserved, two lengths, two checksums.
pub(crate) const FRAME_LEN: usize = 24;
/// Largest length of a chunk after decompression, in bytes.
pub(crate) const MAX_RAW: u32 = 1 << 26;
/// Most times a chunk may grow in decompression. Writers store a chunk that would grow more.
pub const MAX_RATIO: u32 = 16;

pub(crate) const KIND_HEAD: [u8; 4] = *b"HEAD";
pub(crate) const KIND_ITEM: [u8; 4] = *b"ITEM";

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
    pub(crate) encoding: Encoding,
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
        out[4] = self.encoding as u8;
        out[8..12].copy_from_slice(&self.compressed_len.to_le_bytes());
        out[12..16].copy_from_slice(&self.raw_len.to_le_bytes());
        out[16..20].copy_from_slice(&self.checksum.to_le_bytes());
        let own = crc32fast::hash(&out[..20]);
        out[20..].copy_from_slice(&own.to_le_bytes());
        out
    }

    /// Reads the frame that begins at byte `offset` of the file. Lengths are held against the limits here, so
    /// that nothing later allocates on a forged one.
    pub(crate) fn parse(bytes: &[u8; FRAME_LEN], offset: u64) -> Result<Frame, FormatError> {
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        if crc32fast::hash(&bytes[..20]) != word(20) {
            return Err(FormatError::Checksum {
                what: "the frame",
                offset,
            });
        }
        let encoding = match (bytes[4], &bytes[5..8]) {
            (0, [0, 0, 0]) => Encoding::Stored,
            (1, [0, 0, 0]) => Encoding::Deflate,
            _ => {
                return Err(FormatError::invalid(
                    "it is compressed in a way this version does not know",
                )
                .at(offset));
            }
        };
        let frame = Frame {
            kind: [bytes[0], bytes[1], bytes[2], bytes[3]],
            encoding,
            compressed_len: word(8),
            raw_len: word(12),
            checksum: word(16),
        };
        let limit = match encoding {
            Encoding::Stored => frame.compressed_len.min(MAX_RAW),
            Encoding::Deflate => frame.compressed_len.saturating_mul(MAX_RATIO).min(MAX_RAW),
        };
        let too_long = frame.raw_len > limit || frame.compressed_len > MAX_RAW;
        if too_long || (encoding == Encoding::Stored && frame.raw_len != frame.compressed_len) {
            return Err(FormatError::Oversized {
                offset,
                raw: frame.raw_len.into(),
                compressed: frame.compressed_len.into(),
                limit: limit.into(),
            });
        }
        Ok(frame)
    }
}

/// The first 16 bytes of a file of this version.
pub(crate) fn preamble() -> [u8; PREAMBLE_LEN] {
    let mut out = [0; PREAMBLE_LEN];
    out[..8].copy_from_slice(&MAGIC);
    out[8..10].copy_from_slice(&MAJOR.to_le_bytes());
    out[10..12].copy_from_slice(&MINOR.to_le_bytes());
    let own = crc32fast::hash(&out[..12]);
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
    if crc32fast::hash(&bytes[..12]) != declared {
        return Err(FormatError::Checksum {
            what: "the preamble",
            offset: 0,
        });
    }
    let found = u16::from_le_bytes([bytes[8], bytes[9]]);
    if found > MAJOR {
        return Err(FormatError::NewerVersion {
            found,
            supported: MAJOR,
        });
    }
    Ok(())
}

/// Compresses `raw` and puts a frame before it.
pub(crate) fn write_chunk(out: &mut Vec<u8>, kind: [u8; 4], raw: &[u8]) -> Result<(), FormatError> {
    let raw_len = u32::try_from(raw.len())
        .ok()
        .filter(|&n| n <= MAX_RAW)
        .ok_or_else(|| {
            FormatError::invalid(format!(
                "it would be {} bytes long; the limit is {MAX_RAW}. Use smaller chunks.",
                raw.len()
            ))
        })?;
    let packed = miniz_oxide::deflate::compress_to_vec(raw, 10);
    let deflates = packed.len() < raw.len() && raw.len() <= packed.len() * MAX_RATIO as usize;
    let (encoding, payload) = if deflates {
        (Encoding::Deflate, packed.as_slice())
    } else {
        (Encoding::Stored, raw)
    };
    let frame = Frame {
        kind,
        encoding,
        compressed_len: payload.len() as u32,
        raw_len,
        checksum: crc32fast::hash(payload),
    };
    out.extend_from_slice(&frame.to_bytes());
    out.extend_from_slice(payload);
    Ok(())
}

/// Undoes [`write_chunk`]'s compression after checking the payload's checksum.
pub(crate) fn unpack(frame: &Frame, payload: &[u8], offset: u64) -> Result<Vec<u8>, FormatError> {
    if crc32fast::hash(payload) != frame.checksum {
        return Err(FormatError::Checksum {
            what: "the chunk",
            offset,
        });
    }
    match frame.encoding {
        Encoding::Stored => Ok(payload.to_vec()),
        Encoding::Deflate => {
            let raw =
                miniz_oxide::inflate::decompress_to_vec_with_limit(payload, frame.raw_len as usize)
                    .map_err(|e| {
                        FormatError::invalid(format!("it does not decompress ({:?})", e.status))
                            .at(offset)
                    })?;
            if raw.len() != frame.raw_len as usize {
                return Err(FormatError::invalid(
                    "it decompresses to another length than it declares",
                )
                .at(offset));
            }
            Ok(raw)
        }
    }
}
