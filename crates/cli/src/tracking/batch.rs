//! Parameters and figures in the portions that MLflow takes.
//!
//! Its REST reference (<https://mlflow.org/docs/latest/rest-api.html>, "Log Batch") sets the limits below.

use serde::Serialize;

/// Most metrics in one request.
const METRICS: usize = 1000;
/// Most parameters in one request.
const PARAMS: usize = 100;
/// Most of both together.
const TOGETHER: usize = 1000;
/// Longest key, in bytes.
const KEY: usize = 250;
/// Longest value of a parameter, in bytes.
const VALUE: usize = 6000;

/// A parameter of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Param {
    key: String,
    value: String,
}

impl Param {
    pub(super) fn new(name: &str, value: &str) -> Self {
        Self {
            key: key(name),
            value: cut(value, VALUE).to_owned(),
        }
    }
}

/// A figure of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Metric {
    key: String,
    value: f64,
    timestamp: i64,
    step: usize,
}

impl Metric {
    /// `value` is finite, `timestamp` in milliseconds since 1970.
    pub(super) fn new(name: &str, value: f64, step: usize, timestamp: i64) -> Self {
        Self {
            key: key(name),
            value,
            timestamp,
            step,
        }
    }
}

/// The body of one request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Batch<'a> {
    run_id: &'a str,
    params: &'a [Param],
    metrics: &'a [Metric],
}

/// The fewest requests that say it all.
pub(super) fn batches<'a>(
    run_id: &'a str,
    params: &'a [Param],
    metrics: &'a [Metric],
) -> Vec<Batch<'a>> {
    let (mut params, mut metrics) = (params, metrics);
    let mut batches = Vec::new();
    while !params.is_empty() || !metrics.is_empty() {
        let (now, later) = params.split_at(params.len().min(PARAMS));
        params = later;
        let room = METRICS.min(TOGETHER - now.len());
        let (some, rest) = metrics.split_at(metrics.len().min(room));
        metrics = rest;
        batches.push(Batch {
            run_id,
            params: now,
            metrics: some,
        });
    }
    batches
}

/// A name as MLflow allows it: letters, digits, `_-. /`; "ndcg@100" becomes "ndcg_at_100".
fn key(name: &str) -> String {
    let name = name.replace('@', "_at_").replace('%', " percent");
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_-. /".contains(c);
    let name: String = name
        .chars()
        .filter(|c| *c != ',')
        .map(|c| if allowed(c) { c } else { '_' })
        .collect();
    cut(&name, KEY).to_owned()
}

/// The longest beginning of at most `bytes` bytes.
fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(params: usize, metrics: usize) -> (Vec<Param>, Vec<Metric>) {
        (
            (0..params)
                .map(|n| Param::new(&n.to_string(), "x"))
                .collect(),
            (0..metrics).map(|n| Metric::new("m", 0.5, n, 7)).collect(),
        )
    }

    #[test]
    fn no_request_is_beyond_the_limits_and_nothing_is_lost() {
        for (p, m) in [
            (0, 0),
            (3, 0),
            (0, 1000),
            (1, 1000),
            (100, 900),
            (101, 901),
            (250, 3100),
        ] {
            let (params, metrics) = many(p, m);
            let batches = batches("run", &params, &metrics);
            for batch in &batches {
                assert!(batch.params.len() <= 100 && batch.metrics.len() <= 1000);
                assert!((1..=1000).contains(&(batch.params.len() + batch.metrics.len())));
            }
            assert_eq!(
                batches
                    .iter()
                    .flat_map(|b| b.params)
                    .cloned()
                    .collect::<Vec<_>>(),
                params
            );
            assert_eq!(
                batches
                    .iter()
                    .flat_map(|b| b.metrics)
                    .cloned()
                    .collect::<Vec<_>>(),
                metrics
            );
        }
        let (params, metrics) = many(100, 900);
        assert_eq!(
            batches("run", &params, &metrics).len(),
            1,
            "one request is enough"
        );
    }

    #[test]
    fn names_and_values_are_such_as_the_server_takes() {
        assert_eq!(
            key("strong generalisation/ndcg@100"),
            "strong generalisation/ndcg_at_100"
        );
        assert_eq!(
            key("weight of the heaviest 1%, weighted"),
            "weight of the heaviest 1 percent weighted"
        );
        assert_eq!(key("a:b(é)"), "a_b___");
        assert_eq!(key(&"x".repeat(400)).len(), 250);
        let param = Param::new("p", &"é".repeat(4000));
        assert_eq!(param.value.len(), 6000);
        let odd = Param::new("p", &format!("x{}", "é".repeat(4000)));
        assert_eq!(odd.value.len(), 5999, "a letter is never cut in two");
    }

    #[test]
    fn the_body_is_spelt_as_the_reference_spells_it() {
        let (params, metrics) = many(1, 1);
        let body = serde_json::to_value(&batches("r1", &params, &metrics)[0])
            .expect("it has a form in JSON");
        let expected = serde_json::json!({
            "run_id": "r1",
            "params": [{ "key": "0", "value": "x" }],
            "metrics": [{ "key": "m", "value": 0.5, "timestamp": 7, "step": 0 }],
        });
        assert_eq!(body, expected);
    }
}
