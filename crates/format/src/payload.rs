//! A chunk's payload, decompressed while it is read.
//!
//! Vectors are nearly all of a model. Read like this they are decompressed to where they stay, and no buffer ever holds a
//! chunk a second time.

use bincode::de::read::Reader;
use bincode::error::DecodeError;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus, StreamResult};

use crate::error::FormatError;
use crate::frame::{Encoding, Frame};

/// Small values are decompressed this many bytes at a time.
const WINDOW: usize = 4096;

/// A payload, read once from its beginning to its end.
pub(crate) struct Payload<'a> {
    source: Source<'a>,
    /// Bytes after decompression, by what the frame says, that have not been read.
    remaining: usize,
}

enum Source<'a> {
    Stored(&'a [u8]),
    Deflated(Box<Deflated<'a>>),
}

struct Deflated<'a> {
    stream: Stream<'a>,
    window: [u8; WINDOW],
    /// What of the window has not been read.
    start: usize,
    end: usize,
}

struct Stream<'a> {
    packed: &'a [u8],
    state: InflateState,
    /// It does not hold what the frame promises.
    broken: bool,
}

/// A reader that knows how much is left, so that lengths can be held against it.
pub(crate) trait Bounded: Reader {
    /// Bytes that have not been read.
    fn remaining(&self) -> usize;
}

impl<'a> Payload<'a> {
    /// The payload behind `frame`, which begins at byte `offset` of the file.
    ///
    /// # Errors
    /// [`FormatError::Oversized`] and [`FormatError::Invalid`] when the frame promises what no chunk may hold.
    pub(crate) fn new(frame: &Frame, packed: &'a [u8], offset: u64) -> Result<Self, FormatError> {
        let source = match frame.encoding(offset)? {
            Encoding::Stored => Source::Stored(packed),
            Encoding::Deflate => Source::Deflated(Box::new(Deflated {
                stream: Stream {
                    packed,
                    state: InflateState::new(DataFormat::Raw),
                    broken: false,
                },
                window: [0; WINDOW],
                start: 0,
                end: 0,
            })),
        };
        Ok(Self {
            source,
            remaining: frame.raw_len as usize,
        })
    }

    /// Holds the whole of the payload, now that `value` has been made of it, against what its frame says.
    ///
    /// # Errors
    /// [`FormatError::Invalid`] when it was not made, when something is left, and when the stream is broken or longer.
    pub(crate) fn end<T>(&mut self, value: Result<T, DecodeError>) -> Result<T, FormatError> {
        // What is left is read too: a stream of another length is broken, whatever could be made of it.
        let left = self.remaining;
        let mut scratch = [0; WINDOW];
        while self.remaining > 0 {
            let part = self.remaining.min(WINDOW);
            if self.read(&mut scratch[..part]).is_err() {
                break;
            }
        }
        if let Source::Deflated(deflated) = &mut self.source
            && (deflated.stream.broken || !deflated.stream.is_over())
        {
            return Err(FormatError::invalid(
                "it does not decompress to the length it declares",
            ));
        }
        let unreadable =
            |e| FormatError::invalid(format!("its payload cannot be read ({})", reason(&e)));
        let value = value.map_err(unreadable)?;
        if left > 0 {
            return Err(FormatError::invalid(
                "bytes are left over after its payload",
            ));
        }
        Ok(value)
    }
}

/// What is wrong, in our words: bincode's own bring along whatever they could be about, which every visitor would download.
fn reason(error: &DecodeError) -> &'static str {
    match error {
        DecodeError::Other(reason) => reason,
        DecodeError::UnexpectedEnd { .. } => "it ends within a value",
        DecodeError::LimitExceeded => "it is longer than allowed",
        DecodeError::Utf8 { .. } => "a text is not UTF-8",
        _ => "a value is out of its range",
    }
}

impl Bounded for Payload<'_> {
    fn remaining(&self) -> usize {
        self.remaining
    }
}

impl Reader for Payload<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> Result<(), DecodeError> {
        let missing = |additional| Err(DecodeError::UnexpectedEnd { additional });
        if bytes.len() > self.remaining {
            return missing(bytes.len() - self.remaining);
        }
        match &mut self.source {
            Source::Stored(rest) => {
                let (now, later) = rest.split_at(bytes.len());
                bytes.copy_from_slice(now);
                *rest = later;
            }
            Source::Deflated(deflated) => {
                let from_window = bytes.len().min(deflated.end - deflated.start);
                let (first, rest) = bytes.split_at_mut(from_window);
                first.copy_from_slice(&deflated.window[deflated.start..][..from_window]);
                deflated.start += from_window;
                let written = deflated.stream.inflate(rest);
                if written < rest.len() {
                    return missing(rest.len() - written);
                }
            }
        }
        self.remaining -= bytes.len();
        Ok(())
    }

    fn peek_read(&mut self, n: usize) -> Option<&[u8]> {
        match &mut self.source {
            Source::Stored(rest) => rest.get(..n),
            Source::Deflated(deflated) => deflated.peek(n, self.remaining),
        }
    }

    fn consume(&mut self, n: usize) {
        match &mut self.source {
            Source::Stored(rest) => *rest = &rest[n..],
            Source::Deflated(deflated) => deflated.start += n,
        }
        self.remaining -= n;
    }
}

impl Deflated<'_> {
    /// The next `n` bytes, where the window can hold so many and as many are left.
    fn peek(&mut self, n: usize, remaining: usize) -> Option<&[u8]> {
        if self.end - self.start < n {
            if n > WINDOW.min(remaining) {
                return None;
            }
            self.window.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            let free = &mut self.window[self.end..WINDOW.min(remaining)];
            self.end += self.stream.inflate(free);
        }
        self.window[self.start..self.end].get(..n)
    }
}

impl Stream<'_> {
    /// Decompresses into `out` and says how much of it was filled: all, unless the stream is broken.
    fn inflate(&mut self, out: &mut [u8]) -> usize {
        let mut written = 0;
        while written < out.len() && !self.broken {
            let result = self.step(&mut out[written..]);
            written += result.bytes_written;
            let is_stuck = result.bytes_consumed == 0 && result.bytes_written == 0;
            let has_ended = result.status == Ok(MZStatus::StreamEnd) && written < out.len();
            self.broken = result.status.is_err() || is_stuck || has_ended;
        }
        written
    }

    /// Whether the stream, all of whose promised bytes have been read, ends here too.
    fn is_over(&mut self) -> bool {
        let result = self.step(&mut [0]);
        result.status == Ok(MZStatus::StreamEnd)
            && result.bytes_written == 0
            && self.packed.is_empty()
    }

    fn step(&mut self, out: &mut [u8]) -> StreamResult {
        let result = inflate(&mut self.state, self.packed, out, MZFlush::None);
        self.packed = &self.packed[result.bytes_consumed..];
        result
    }
}
