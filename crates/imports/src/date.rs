//! Dates and times as exports write them.

use time::{Date, Month};

/// Julian day of 1970-01-01.
const EPOCH: i64 = 2_440_588;
const SECONDS_A_DAY: i64 = 86_400;

/// Order of day and month in dates that begin with neither year nor name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// Seconds since 1970 of `2024-03-07`, `2024-03-07T19:37:27.000Z` and the like, or of a number of seconds. A time without
/// an offset is taken as UTC.
pub(crate) fn timestamp(text: &str) -> Option<i64> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, time.trim()),
        None => (text, ""),
    };
    let [year, month, day] = numbers(date, '-')?;
    let midnight = midnight(year, month, day)?;
    if time.is_empty() {
        return Some(midnight);
    }
    let (time, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => (&time[..at], offset(&time[at..])?),
        None => (time, 0),
    };
    let whole_seconds = time.split('.').next().unwrap_or(time);
    let [hours, minutes, seconds] = numbers(whole_seconds, ':')?;
    // A leap second is 60.
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    Some(midnight + i64::from(hours * 3600 + minutes * 60 + seconds) - offset)
}

/// Seconds east of Greenwich.
fn offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at(1) {
        ("Z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let [hours, minutes] = numbers(rest, ':')?;
    (hours < 24 && minutes < 60).then(|| sign * i64::from(hours * 3600 + minutes * 60))
}

/// Seconds since 1970 of the midnight that begins `3/7/24`, `07.03.2024` and the like.
pub(crate) fn short_date(text: &str, order: Order) -> Option<i64> {
    let [first, second, year] = short_date_numbers(text)?;
    let year = if year < 100 { 2000 + year } else { year };
    match order {
        Order::DayFirst => midnight(year, second, first),
        Order::MonthFirst => midnight(year, first, second),
    }
}

/// The order that all of these dates allow, the month first when both are possible.
pub(crate) fn order<'a>(dates: impl IntoIterator<Item = &'a str>) -> Order {
    let day_first = dates
        .into_iter()
        .filter_map(short_date_numbers)
        .any(|[first, second, _]| first > 12 && second <= 12);
    if day_first {
        Order::DayFirst
    } else {
        Order::MonthFirst
    }
}

fn short_date_numbers(text: &str) -> Option<[u32; 3]> {
    numbers(text, '/')
        .or_else(|| numbers(text, '.'))
        .or_else(|| numbers(text, '-'))
}

fn midnight(year: u32, month: u32, day: u32) -> Option<i64> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(year.try_into().ok()?, month, day.try_into().ok()?).ok()?;
    Some((i64::from(date.to_julian_day()) - EPOCH) * SECONDS_A_DAY)
}

/// Exactly `N` numbers of at most four digits with `separator` between them.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[u32; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for number in &mut numbers {
        let part = parts.next()?.trim();
        if part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_services_write() {
        assert_eq!(timestamp("1970-01-01"), Some(0));
        assert_eq!(timestamp("2024-03-07"), Some(1_709_769_600));
        assert_eq!(timestamp("2024-03-07T19:37:27.000Z"), Some(1_709_840_247));
        assert_eq!(timestamp("2024-03-07T20:37:27+01:00"), Some(1_709_840_247));
        assert_eq!(timestamp("2024-03-07 19:37:27"), Some(1_709_840_247));
        assert_eq!(timestamp("978300760"), Some(978_300_760));
        assert_eq!(timestamp("1969-12-31"), Some(-86_400));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "soon",
            "2024-02-30",
            "2024-13-01",
            "2024-03-07T25:00:00Z",
            "2024-03",
            "99999999999999999999",
        ] {
            assert_eq!(timestamp(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_whole_file_tells_the_order_of_day_and_month() {
        assert_eq!(order(["1/2/23", "12/31/22"]), Order::MonthFirst);
        assert_eq!(order(["1/2/23", "31/12/22"]), Order::DayFirst);
        assert_eq!(order(["1/2/23"]), Order::MonthFirst);
        assert_eq!(
            short_date("3/7/24", Order::MonthFirst),
            timestamp("2024-03-07")
        );
        assert_eq!(
            short_date("07.03.2024", Order::DayFirst),
            timestamp("2024-03-07")
        );
        assert_eq!(short_date("13/7/24", Order::MonthFirst), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "[0-9TZ:+. é/-]{0,30}") {
            timestamp(&text);
            short_date(&text, order([text.as_str()]));
        }
    }
}
