//! CRC-32 as in zip and PNG, eight bytes at a time.
//!
//! Our own because of its tables: those of the crates are part of the program, and as large as a tenth of what a visitor
//! downloads before the first film; a table per byte position takes a millisecond to make. A test holds it against
//! `crc32fast`.

use std::sync::OnceLock;

/// The polynomial, with its lowest power in the highest bit.
const POLYNOMIAL: u32 = 0xedb8_8320;
const BYTES: usize = 8;

/// For each place in a group of eight bytes, what each value there adds to the checksum of the group.
type Tables = [[u32; 256]; BYTES];

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Box<Tables>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables = Box::new([[0; 256]; BYTES]);
        for (byte, entry) in (0u32..).zip(&mut tables[0]) {
            *entry = (0..8).fold(byte, |sum, _| {
                (sum >> 1) ^ if sum & 1 == 1 { POLYNOMIAL } else { 0 }
            });
        }
        for place in 1..BYTES {
            for byte in 0..256 {
                let before = tables[place - 1][byte];
                tables[place][byte] = (before >> 8) ^ tables[0][(before & 0xff) as usize];
            }
        }
        tables
    })
}

/// The checksum of `bytes`.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    let tables = tables();
    let (groups, rest) = bytes.as_chunks::<BYTES>();
    let mut sum = u32::MAX;
    for group in groups {
        let [a, b, c, d, e, f, g, h] = *group;
        let first = (sum ^ u32::from_le_bytes([a, b, c, d])).to_le_bytes();
        let last = [e, f, g, h];
        let at = |place: usize, byte: u8| tables[place][usize::from(byte)];
        sum = at(7, first[0])
            ^ at(6, first[1])
            ^ at(5, first[2])
            ^ at(4, first[3])
            ^ at(3, last[0])
            ^ at(2, last[1])
            ^ at(1, last[2])
            ^ at(0, last[3]);
    }
    for byte in rest {
        sum = (sum >> 8) ^ tables[0][usize::from(sum as u8 ^ byte)];
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_that_of_crc32fast(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(checksum(&bytes), crc32fast::hash(&bytes));
        }
    }
}
