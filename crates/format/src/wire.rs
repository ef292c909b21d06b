//! bincode, guarded: how values are written, and how they are read from bytes that may lie.
//!
//! bincode allocates what a length prefix asks for before it reads the elements. Here every length is first held
//! against the bytes that are left (each element takes at least one), so a forged length costs nothing. Texts and
//! records take many times the memory of their shortest encoding, so lists of those are short by rule.

use bincode::config::{self, Configuration};
use bincode::de::read::Reader;
use bincode::de::{Decode, Decoder, DecoderImpl};
use bincode::enc::Encode;
use bincode::error::DecodeError;

use crate::error::FormatError;
use crate::payload::{Bounded, Payload};

/// The wire configuration: bincode's standard one (little-endian, variable-length integers).
const CONFIG: Configuration = config::standard();

/// Most entries of a list of texts or records.
const MAX_ENTRIES: usize = 1024;

/// Encodes `value` as a chunk payload.
pub(crate) fn to_bytes(value: &impl Encode) -> Result<Vec<u8>, FormatError> {
    bincode::encode_to_vec(value, CONFIG)
        .map_err(|e| FormatError::invalid(format!("it cannot be encoded ({e})")))
}

/// Decodes a chunk payload, all of which must be used.
pub(crate) fn from_payload<T: Guarded>(payload: Payload<'_>) -> Result<T, FormatError> {
    // bincode counts an integer by its width in memory, at most 8 bytes for one encoded.
    let limited = CONFIG.with_limit::<{ crate::frame::MAX_RAW as usize * 8 }>();
    let mut decoder = DecoderImpl::new(payload, limited, ());
    let value = T::take(&mut decoder);
    decoder.reader().end(value)
}

/// Decoding that checks every length against the bytes at hand before it allocates.
/// The bytes are exactly those of bincode's own [`Decode`].
pub(crate) trait Guarded: Sized {
    /// Most of these that a list may hold.
    const MAX_COUNT: usize = MAX_ENTRIES;

    fn take<D: Decoder<Context = (), R: Bounded>>(decoder: &mut D) -> Result<Self, DecodeError>;
}

macro_rules! plain {
    ($($ty:ty),*) => {$(
        impl Guarded for $ty {
            const MAX_COUNT: usize = usize::MAX;

            fn take<D: Decoder<Context = (), R: Bounded>>(decoder: &mut D) -> Result<Self, DecodeError> {
                Decode::decode(decoder)
            }
        }
    )*};
}
plain!(u8, u16, u32, u64, i8, i64, f32, f64);

impl<T: Guarded> Guarded for Option<T> {
    fn take<D: Decoder<Context = (), R: Bounded>>(decoder: &mut D) -> Result<Self, DecodeError> {
        match u8::decode(decoder)? {
            0 => Ok(None),
            1 => T::take(decoder).map(Some),
            _ => Err(DecodeError::Other(
                "an option is neither absent nor present",
            )),
        }
    }
}

impl<T: Guarded> Guarded for Vec<T> {
    fn take<D: Decoder<Context = (), R: Bounded>>(decoder: &mut D) -> Result<Self, DecodeError> {
        let length = length_within_reach(decoder)?;
        if length > T::MAX_COUNT {
            return Err(DecodeError::Other("a list is longer than allowed"));
        }
        let mut list = Vec::with_capacity(length);
        for _ in 0..length {
            list.push(T::take(decoder)?);
        }
        Ok(list)
    }
}

/// A run of bytes, read in one piece.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Blob(pub(crate) Vec<u8>);

impl Encode for Blob {
    fn encode<E: bincode::enc::Encoder>(
        &self,
        encoder: &mut E,
    ) -> Result<(), bincode::error::EncodeError> {
        self.0.encode(encoder)
    }
}

impl Guarded for Blob {
    fn take<D: Decoder<Context = (), R: Bounded>>(decoder: &mut D) -> Result<Self, DecodeError> {
        let length = length_within_reach(decoder)?;
        let mut bytes = vec![0; length];
        decoder.reader().read(&mut bytes)?;
        Ok(Blob(bytes))
    }
}

impl Guarded for String {
    fn take<D: Decoder<Context = (), R: Bounded>>(decoder: &mut D) -> Result<Self, DecodeError> {
        String::from_utf8(Blob::take(decoder)?.0).map_err(|e| DecodeError::Utf8 {
            inner: e.utf8_error(),
        })
    }
}

fn length_within_reach<D: Decoder<Context = (), R: Bounded>>(
    decoder: &mut D,
) -> Result<usize, DecodeError> {
    let length = usize::try_from(u64::decode(decoder)?).map_err(|_| DecodeError::LimitExceeded)?;
    if length <= decoder.reader().remaining() {
        Ok(length)
    } else {
        Err(DecodeError::UnexpectedEnd { additional: length })
    }
}

/// Declares a struct whose wire form is bincode's, field after field, read with [`Guarded`].
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $ty),* }

        impl bincode::Encode for $name {
            fn encode<E: bincode::enc::Encoder>(&self, encoder: &mut E) -> Result<(), bincode::error::EncodeError> {
                $(self.$field.encode(encoder)?;)*
                Ok(())
            }
        }

        impl $crate::wire::Guarded for $name {
            fn take<D: bincode::de::Decoder<Context = (), R: $crate::payload::Bounded>>(decoder: &mut D) -> Result<Self, bincode::error::DecodeError> {
                Ok($name { $($field: $crate::wire::Guarded::take(decoder)?),* })
            }
        }
    };
}
pub(crate) use record;
