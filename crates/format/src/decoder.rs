//! Decoding a file while it arrives.

use crate::block::ItemColumns;
use crate::error::FormatError;
use crate::frame::{
    self, FRAME_LEN, Frame, KIND_CAUTION, KIND_HEAD, KIND_ITEM, KIND_STAR, MAGIC, PREAMBLE_LEN,
};
use crate::header::{Header, Limits};
use crate::items::ItemBlock;
use crate::payload::Payload;
use crate::stars::{Caution, StarBlock};
use crate::wire::{self, record};

/// A part of a model that has arrived whole, passed its checksum and been validated.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a file has one head, and a list of chunks is a handful of entries"
)]
pub enum Chunk {
    /// Chunk 0: from here on the model can be used.
    Head(Header, ItemBlock),
    /// More items.
    Items(ItemBlock),
    /// What predicts stars for the items of the chunk before.
    Stars(StarBlock),
    /// How far those predictions count in a list.
    Caution(Caution),
}

record! {
    /// Payload of chunk 0.
    pub(crate) struct Head {
        pub(crate) header: Header,
        pub(crate) items: ItemColumns,
    }
}

/// A streaming decoder: feed it bytes as they come, in pieces of any size, and it hands out each chunk as soon
/// as it is whole.
///
/// ```
/// # fn run(pieces: impl Iterator<Item = Vec<u8>>) -> Result<(), matinee_format::FormatError> {
/// use matinee_format::{Decoder, Model};
/// let mut decoder = Decoder::new();
/// let mut model: Option<Model> = None;
/// for piece in pieces {
///     Model::grow(&mut model, decoder.push(&piece)?)?;
/// }
/// decoder.finish()
/// # }
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// Bytes of the file before `buffer`.
    consumed: u64,
    frame: Option<Frame>,
    limits: Option<Limits>,
    chunks: u32,
    rows: u32,
    /// Rows that stars have come for.
    star_rows: u32,
    cautioned: bool,
    failed: Option<FormatError>,
}

impl Decoder {
    /// A decoder at the start of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the file and returns the chunks they complete.
    ///
    /// # Errors
    /// Any [`FormatError`] but `Truncated`. Chunks that came whole in the same call are lost with it, and every
    /// further call gives the same error.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Chunk>, FormatError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.buffer.extend_from_slice(bytes);
        let mut used = 0;
        let result = self.advance(&mut used);
        self.buffer.drain(..used);
        if let Err(error) = &result {
            self.failed = Some(error.clone());
            self.buffer = Vec::new();
        }
        result
    }

    /// Whether every chunk has arrived.
    pub fn is_complete(&self) -> bool {
        self.limits
            .is_some_and(|limits| self.chunks == limits.chunks_total)
    }

    /// Says that no more bytes will come.
    ///
    /// # Errors
    /// [`FormatError::Truncated`] when the file is not whole, or the error that an earlier call gave.
    pub fn finish(&self) -> Result<(), FormatError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        if self.is_complete() {
            return Ok(());
        }
        if self.consumed == 0 && !MAGIC.starts_with(&self.buffer[..self.buffer.len().min(8)]) {
            return Err(FormatError::NotAModel {
                found: self.buffer.iter().copied().take(8).collect(),
            });
        }
        let expected = match &self.frame {
            Some(frame) => frame.compressed_len as usize,
            None if self.consumed == 0 => PREAMBLE_LEN,
            None => FRAME_LEN,
        };
        let needed = expected.saturating_sub(self.buffer.len()).max(1) as u64;
        Err(FormatError::Truncated {
            have: self.consumed + self.buffer.len() as u64,
            needed,
        })
    }

    fn advance(&mut self, used: &mut usize) -> Result<Vec<Chunk>, FormatError> {
        let mut chunks = Vec::new();
        loop {
            let rest = &self.buffer[*used..];
            let step = match self.frame {
                _ if self.consumed == 0 => {
                    let Some(preamble) = rest.first_chunk::<PREAMBLE_LEN>() else {
                        break;
                    };
                    frame::check_preamble(preamble)?;
                    PREAMBLE_LEN
                }
                None if self.is_complete() => {
                    if rest.is_empty() {
                        break;
                    }
                    return Err(FormatError::TrailingBytes {
                        offset: self.consumed,
                    });
                }
                None => {
                    let Some(bytes) = rest.first_chunk::<FRAME_LEN>() else {
                        break;
                    };
                    let frame = Frame::parse(bytes, self.consumed)?;
                    self.expect(&frame)?;
                    self.frame = Some(frame);
                    FRAME_LEN
                }
                Some(frame) => {
                    let length = frame.compressed_len as usize;
                    let Some(payload) = rest.get(..length) else {
                        break;
                    };
                    let offset = self.consumed - FRAME_LEN as u64;
                    let chunk = read_chunk(&frame, payload, offset, self.limits.as_ref())?;
                    self.frame = None;
                    self.account(chunk.as_ref()).map_err(|e| e.at(offset))?;
                    chunks.extend(chunk);
                    length
                }
            };
            *used += step;
            self.consumed += step as u64;
        }
        Ok(chunks)
    }

    /// Whether this chunk may stand here.
    fn expect(&self, frame: &Frame) -> Result<(), FormatError> {
        let offset = self.consumed;
        match (frame.kind, self.limits) {
            (KIND_HEAD, None) | (KIND_ITEM | KIND_STAR | KIND_CAUTION, Some(_)) => {
                frame.encoding(offset).map(|_| ())
            }
            (KIND_HEAD, Some(_)) => Err(FormatError::invalid("a second head").at(offset)),
            (KIND_ITEM, None) => Err(FormatError::invalid("items before the head").at(offset)),
            (_, Some(_)) if frame.is_optional() => Ok(()),
            (_, None) if frame.is_optional() => {
                Err(FormatError::invalid("an optional chunk before the head").at(offset))
            }
            (kind, _) => Err(FormatError::UnknownChunk {
                offset,
                kind: kind.escape_ascii().to_string(),
            }),
        }
    }

    /// Keeps the running counts and holds them against the header's. `None` is a chunk that is skipped.
    fn account(&mut self, chunk: Option<&Chunk>) -> Result<(), FormatError> {
        let block = match chunk {
            Some(Chunk::Head(header, block)) => {
                self.limits = Some(header.limits());
                Some(block)
            }
            Some(Chunk::Items(block)) => Some(block),
            Some(Chunk::Stars(stars)) => {
                self.account_stars(stars)?;
                None
            }
            Some(Chunk::Caution(_)) if self.star_rows == 0 || self.cautioned => {
                return Err(FormatError::invalid(
                    "one caution may stand after the first stars, and none elsewhere",
                ));
            }
            Some(Chunk::Caution(_)) => {
                self.cautioned = true;
                None
            }
            None => None,
        };
        if let Some(block) = block {
            if block.first_row != self.rows {
                return Err(FormatError::invalid(format!(
                    "it begins at row {}, not {}",
                    block.first_row, self.rows
                )));
            }
            self.rows = self
                .rows
                .checked_add(block.count())
                .ok_or_else(|| FormatError::invalid("more rows than can be counted"))?;
        }
        self.chunks += 1;
        let Some(limits) = self.limits else {
            return Ok(());
        };
        let last = self.chunks == limits.chunks_total;
        if self.rows > limits.items_total || (last && self.rows != limits.items_total) {
            return Err(FormatError::invalid(format!(
                "{} items by chunk {} of {}, where the header says {} in all",
                self.rows, self.chunks, limits.chunks_total, limits.items_total
            )));
        }
        if last && self.star_rows > 0 && self.star_rows != self.rows {
            return Err(FormatError::invalid(format!(
                "it is the last chunk, and {} of {} items have stars: all must, or none",
                self.star_rows, self.rows
            )));
        }
        Ok(())
    }

    /// Stars come straight after the items they are for.
    fn account_stars(&mut self, stars: &StarBlock) -> Result<(), FormatError> {
        let end = u64::from(stars.first_row) + u64::from(stars.count);
        if stars.first_row != self.star_rows || end != u64::from(self.rows) {
            return Err(FormatError::invalid(format!(
                "it has the stars of rows {} to {end}, where those of {} to {} are next",
                stars.first_row, self.star_rows, self.rows
            )));
        }
        self.star_rows = self.rows;
        Ok(())
    }
}

/// Checks and decodes one chunk; `None` for an optional kind that this version does not know.
fn read_chunk(
    frame: &Frame,
    payload: &[u8],
    offset: u64,
    limits: Option<&Limits>,
) -> Result<Option<Chunk>, FormatError> {
    frame::check_payload(frame, payload, offset)?;
    let payload = || Payload::new(frame, payload, offset);
    let chunk = match (frame.kind, limits) {
        (KIND_HEAD, _) => read_head(payload()?),
        (KIND_ITEM, Some(limits)) => read_items(payload()?, limits),
        (KIND_STAR, _) => read_stars(payload()?),
        (KIND_CAUTION, _) => read_caution(payload()?),
        _ => return Ok(None),
    };
    chunk.map(Some).map_err(|error| error.at(offset))
}

fn read_head(payload: Payload<'_>) -> Result<Chunk, FormatError> {
    let Head { header, items } = wire::from_payload(payload)?;
    header.validate()?;
    let items = ItemBlock::new(items, &header.limits())?;
    Ok(Chunk::Head(header, items))
}

fn read_items(payload: Payload<'_>, limits: &Limits) -> Result<Chunk, FormatError> {
    let items = ItemBlock::new(wire::from_payload(payload)?, limits)?;
    Ok(Chunk::Items(items))
}

fn read_stars(payload: Payload<'_>) -> Result<Chunk, FormatError> {
    let stars: StarBlock = wire::from_payload(payload)?;
    stars.validate()?;
    Ok(Chunk::Stars(stars))
}

fn read_caution(payload: Payload<'_>) -> Result<Chunk, FormatError> {
    let caution: Caution = wire::from_payload(payload)?;
    Ok(Chunk::Caution(Caution::new(caution.value)?))
}
