//! The file as `docs/format.md` describes it, written by hand: no bincode and nothing of the crate under test.
//! Honest values give the bytes that the crate writes; dishonest ones give the files that it must refuse.

/// Payload bytes, with the length prefix numbered `forge.0` replaced by `forge.1`.
#[derive(Default)]
pub(crate) struct Payload {
    pub(crate) bytes: Vec<u8>,
    pub(crate) lengths: usize,
    pub(crate) forge: Option<(usize, u64)>,
}

impl Payload {
    pub(crate) fn uint(&mut self, value: u64) -> &mut Self {
        match value {
            0..=250 => self.bytes.push(value as u8),
            251..=0xffff => {
                self.bytes.push(251);
                self.bytes.extend((value as u16).to_le_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(252);
                self.bytes.extend((value as u32).to_le_bytes());
            }
            _ => {
                self.bytes.push(253);
                self.bytes.extend(value.to_le_bytes());
            }
        }
        self
    }

    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        self.uint(((value << 1) ^ (value >> 63)) as u64)
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    pub(crate) fn length(&mut self, length: usize) -> &mut Self {
        let forged = self.forge.filter(|&(number, _)| number == self.lengths);
        self.lengths += 1;
        self.uint(forged.map_or(length as u64, |(_, value)| value))
    }

    pub(crate) fn blob(&mut self, bytes: &[u8]) -> &mut Self {
        self.length(bytes.len()).raw(bytes)
    }

    pub(crate) fn uints(&mut self, values: &[u64]) -> &mut Self {
        self.length(values.len());
        for &value in values {
            self.uint(value);
        }
        self
    }
}

/// A block of items, column by column. Anything may be wrong with it.
#[derive(Clone, Default)]
pub(crate) struct Block {
    pub(crate) first_row: u64,
    pub(crate) count: u64,
    pub(crate) ids: Vec<u8>,
    pub(crate) titles: Vec<u8>,
    pub(crate) years: Vec<u64>,
    pub(crate) genres: Vec<u64>,
    pub(crate) popularity: Vec<u64>,
    pub(crate) imdb: Vec<u64>,
    pub(crate) tmdb: Vec<u64>,
    pub(crate) in_scales: Vec<u64>,
    pub(crate) out_scales: Vec<u64>,
    pub(crate) biases: Vec<u64>,
    pub(crate) codes: Vec<u8>,
}

impl Block {
    pub(crate) fn write(&self, out: &mut Payload) {
        out.uint(self.first_row).uint(self.count);
        out.blob(&self.ids).blob(&self.titles);
        out.uints(&self.years).uints(&self.genres);
        out.uints(&self.popularity);
        out.uints(&self.imdb).uints(&self.tmdb);
        out.uints(&self.in_scales).uints(&self.out_scales);
        out.uints(&self.biases);
        out.blob(&self.codes);
    }

    pub(crate) fn payload(&self) -> Vec<u8> {
        let mut out = Payload::default();
        self.write(&mut out);
        out.bytes
    }
}

/// A header, field by field. Anything may be wrong with it.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) catalogue: Vec<u8>,
    pub(crate) dims: u64,
    pub(crate) levels: u8,
    pub(crate) items_total: u64,
    pub(crate) chunks_total: u64,
    pub(crate) weight_shift: i8,
    pub(crate) genres: Vec<String>,
    /// The byte that says whether a scale follows, and the scale.
    pub(crate) scale: (u8, Vec<f32>),
    pub(crate) weights: Vec<f32>,
    pub(crate) not_for_me: f32,
    pub(crate) mean: f32,
    pub(crate) own_mean: f32,
    pub(crate) watched: Vec<f32>,
    pub(crate) name: String,
    pub(crate) data_sets: Vec<[String; 3]>,
    pub(crate) algorithm: String,
    pub(crate) users: u64,
    pub(crate) ratings: u64,
    pub(crate) first_rating: i64,
    pub(crate) last_rating: i64,
    pub(crate) settings: Vec<[String; 2]>,
    pub(crate) evaluations: Vec<([String; 2], [f64; 2])>,
    pub(crate) items: Block,
}

impl Head {
    pub(crate) fn write(&self, out: &mut Payload) {
        out.blob(&self.catalogue).uint(self.dims);
        out.raw(&[self.levels]);
        out.uint(self.items_total).uint(self.chunks_total);
        out.raw(&self.weight_shift.to_le_bytes());
        out.length(self.genres.len());
        for name in &self.genres {
            out.blob(name.as_bytes());
        }
        out.raw(&[self.scale.0]);
        for number in &self.scale.1 {
            out.raw(&number.to_le_bytes());
        }
        out.length(self.weights.len());
        for weight in &self.weights {
            out.raw(&weight.to_le_bytes());
        }
        for number in [self.not_for_me, self.mean, self.own_mean] {
            out.raw(&number.to_le_bytes());
        }
        out.length(self.watched.len());
        for share in &self.watched {
            out.raw(&share.to_le_bytes());
        }
        out.blob(self.name.as_bytes());
        out.length(self.data_sets.len());
        for text in self.data_sets.iter().flatten() {
            out.blob(text.as_bytes());
        }
        out.blob(self.algorithm.as_bytes());
        out.uint(self.users).uint(self.ratings);
        out.int(self.first_rating).int(self.last_rating);
        out.length(self.settings.len());
        for text in self.settings.iter().flatten() {
            out.blob(text.as_bytes());
        }
        out.length(self.evaluations.len());
        for (texts, numbers) in &self.evaluations {
            for text in texts {
                out.blob(text.as_bytes());
            }
            for number in numbers {
                out.raw(&number.to_le_bytes());
            }
        }
        self.items.write(out);
    }

    pub(crate) fn payload(&self) -> Vec<u8> {
        let mut out = Payload::default();
        self.write(&mut out);
        out.bytes
    }
}

/// A frame and what follows it. The fields are what the frame says, true or not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chunk {
    pub(crate) kind: [u8; 4],
    pub(crate) encoding: u32,
    pub(crate) raw_len: u32,
    /// Length to declare, where it is not that of `payload`.
    pub(crate) declared: Option<u32>,
    pub(crate) payload: Vec<u8>,
}

impl Chunk {
    pub(crate) fn stored(kind: &[u8; 4], raw: &[u8]) -> Self {
        Chunk {
            kind: *kind,
            encoding: 0,
            raw_len: raw.len() as u32,
            declared: None,
            payload: raw.to_vec(),
        }
    }

    /// Deflated, and padded with empty blocks until it grows no more than `ratio` times.
    pub(crate) fn deflated(kind: &[u8; 4], raw: &[u8], ratio: usize) -> Self {
        let packed = miniz_oxide::deflate::compress_to_vec(raw, 9);
        let missing = (raw.len().div_ceil(ratio)).saturating_sub(packed.len());
        let mut payload = [0, 0, 0, 0xff, 0xff].repeat(missing.div_ceil(5));
        payload.extend(packed);
        Chunk {
            kind: *kind,
            encoding: 1,
            raw_len: raw.len() as u32,
            declared: None,
            payload,
        }
    }

    pub(crate) fn frame(&self) -> Vec<u8> {
        let mut out = self.kind.to_vec();
        let length = self.declared.unwrap_or(self.payload.len() as u32);
        out.extend(self.encoding.to_le_bytes());
        out.extend(length.to_le_bytes());
        out.extend(self.raw_len.to_le_bytes());
        out.extend(crc32fast::hash(&self.payload).to_le_bytes());
        out.extend(crc32fast::hash(&out).to_le_bytes());
        out
    }
}

pub(crate) fn preamble(magic: &[u8; 8], major: u16, minor: u16) -> Vec<u8> {
    let mut out = magic.to_vec();
    out.extend(major.to_le_bytes());
    out.extend(minor.to_le_bytes());
    out.extend(crc32fast::hash(&out).to_le_bytes());
    out
}

pub(crate) fn file(chunks: &[Chunk]) -> Vec<u8> {
    let mut out = preamble(b"\x93MATINEE", 1, 0);
    for chunk in chunks {
        out.extend(chunk.frame());
        out.extend(&chunk.payload);
    }
    out
}

/// Takes an honest file apart. Each chunk comes with the offset of its frame.
pub(crate) fn chunks(file: &[u8]) -> Vec<(usize, Chunk)> {
    let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes"));
    let mut found = Vec::new();
    let mut at = 16;
    while at < file.len() {
        let end = at + 24 + word(at + 8) as usize;
        let chunk = Chunk {
            kind: file[at..at + 4].try_into().expect("four bytes"),
            encoding: word(at + 4),
            raw_len: word(at + 12),
            declared: None,
            payload: file[at + 24..end].to_vec(),
        };
        found.push((at, chunk));
        at = end;
    }
    found
}
