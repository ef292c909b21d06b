//! The visitor's ratings, and what of them still has to reach storage.

use std::rc::Rc;

use matinee_web::Rating;

/// Ratings by the key of their film, and the outbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ratings {
    entries: Entries,
    outbox: Vec<(u32, Write)>,
    writes: u32,
    /// Whether the stored ratings have been read, or could not be.
    pub opened: bool,
}

/// In order of key. They are shared with the states before, and handed about by their address.
#[derive(Clone, Debug, Default, PartialEq)]
struct Entries(Vec<Rc<Entry>>);

impl Entries {
    fn place_of(&self, item: &str) -> Result<usize, usize> {
        let key = |entry: &Rc<Entry>| entry.rating.item.as_str().cmp(item);
        self.0.binary_search_by(key)
    }

    fn get(&self, item: &str) -> Option<&Entry> {
        self.place_of(item).ok().map(|place| &*self.0[place])
    }

    fn insert(&mut self, entry: Rc<Entry>) {
        match self.place_of(&entry.rating.item) {
            Ok(place) => self.0[place] = entry,
            Err(place) => self.0.insert(place, entry),
        }
    }

    /// Says whether there was one.
    fn remove(&mut self, item: &str) -> bool {
        let place = self.place_of(item);
        place.map(|place| self.0.remove(place)).is_ok()
    }
}

/// A rating and how safe it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The rating.
    pub rating: Rating,
    /// Where it is kept.
    pub kept: Kept,
}

/// Where a rating is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// On its way to storage, by this write.
    Saving(u32),
    /// In storage: its transaction has completed.
    Saved,
    /// Only in this page: storage refused it.
    ThisVisit,
}

/// Something to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Write {
    /// Keep this rating.
    Put(Rating),
    /// Keep nothing of this film.
    Remove(String),
    /// All of these, or none.
    Together(Vec<Write>),
    /// Keep nothing at all.
    Wipe,
}

impl Write {
    /// Takes away all that this write says anything of.
    fn clear(&self, entries: &mut Entries) {
        match self {
            Self::Put(Rating { item, .. }) | Self::Remove(item) => {
                entries.remove(item);
            }
            Self::Together(writes) => writes.iter().for_each(|write| write.clear(entries)),
            Self::Wipe => entries.0.clear(),
        }
    }
}

/// What bringing in ratings changes of one film.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// What was kept before.
    pub before: Option<Rating>,
    /// What is kept instead.
    pub after: Rating,
}

impl Ratings {
    /// Those of somebody whose ratings are not kept here.
    pub(crate) fn of(said: Vec<Rating>) -> Self {
        let mut ratings = Self::default();
        ratings.read(said);
        ratings
    }

    /// What was said of the film with this key.
    pub(crate) fn rating(&self, item: &str) -> Option<&Rating> {
        self.entries.get(item).map(|entry| &entry.rating)
    }

    /// Likewise, with how safe it is.
    pub(crate) fn entry(&self, item: &str) -> Option<&Entry> {
        self.entries.get(item)
    }

    /// Everything said, by key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.0.iter().map(|entry| &**entry)
    }

    /// Films with stars.
    pub(crate) fn rated(&self) -> usize {
        self.iter()
            .filter(|entry| entry.rating.stars.is_some())
            .count()
    }

    /// Writes to be done, in order, each with its number.
    pub(crate) fn outbox(&self) -> &[(u32, Write)] {
        &self.outbox
    }

    /// Number of the newest write.
    pub(crate) fn newest_write(&self) -> u32 {
        self.writes
    }

    /// Sets a rating, or removes it when it says nothing.
    pub(super) fn set(&mut self, rating: Rating) {
        if rating.is_blank() {
            return self.remove(&rating.item);
        }
        let write = self.queue(Write::Put(rating.clone()));
        let kept = Kept::Saving(write);
        self.entries.insert(Rc::new(Entry { rating, kept }));
    }

    /// Removes whatever is kept of a film.
    pub(super) fn remove(&mut self, item: &str) {
        if self.entries.remove(item) {
            self.queue(Write::Remove(item.to_owned()));
        }
    }

    /// Brings in ratings, all in one write.
    pub(super) fn bring(&mut self, changes: &[Change]) {
        let writes = changes.iter();
        let writes = writes.map(|change| Write::Put(change.after.clone()));
        self.together(writes.collect());
    }

    /// Takes back what was brought in, but for what has changed since.
    pub(super) fn take_back(&mut self, changes: &[Change]) {
        let unchanged = |change: &&Change| self.rating(&change.after.item) == Some(&change.after);
        let writes = changes.iter().filter(unchanged).map(|change| {
            let item = || Write::Remove(change.after.item.clone());
            change.before.clone().map_or_else(item, Write::Put)
        });
        self.together(writes.collect());
    }

    fn together(&mut self, writes: Vec<Write>) {
        if writes.is_empty() {
            return;
        }
        let number = self.queue(Write::Together(writes.clone()));
        for write in writes {
            match write {
                Write::Put(rating) => {
                    let kept = Kept::Saving(number);
                    self.entries.insert(Rc::new(Entry { rating, kept }));
                }
                Write::Remove(item) => {
                    self.entries.remove(&item);
                }
                Write::Together(_) | Write::Wipe => {}
            }
        }
    }

    /// Forgets everything.
    pub(super) fn wipe(&mut self) {
        self.entries.0.clear();
        self.queue(Write::Wipe);
    }

    /// Takes over what is stored. What this page has not finished writing goes on top, and what storage refused stays.
    pub(super) fn read(&mut self, stored: Vec<Rating>) {
        self.opened = true;
        // One by one, as storage has them in order: a sort would be one more in the program.
        let mut entries = Entries::default();
        for rating in stored {
            let kept = Kept::Saved;
            entries.insert(Rc::new(Entry { rating, kept }));
        }
        for (_, write) in &self.outbox {
            write.clear(&mut entries);
        }
        let ours = std::mem::take(&mut self.entries);
        for entry in ours.0 {
            if entry.kept != Kept::Saved {
                entries.insert(entry);
            }
        }
        self.entries = entries;
    }

    /// Notes that a write has completed, or failed.
    pub(super) fn written(&mut self, write: u32, done: bool) {
        self.outbox.retain(|(number, _)| *number != write);
        for entry in &mut self.entries.0 {
            if entry.kept == Kept::Saving(write) {
                Rc::make_mut(entry).kept = if done { Kept::Saved } else { Kept::ThisVisit };
            }
        }
    }

    fn queue(&mut self, write: Write) -> u32 {
        self.writes += 1;
        self.outbox.push((self.writes, write));
        self.writes
    }
}
