//! What a store refuses, in words: what is wrong, where, and how to mend it.

use anyhow::anyhow;
use object_store::Error;

/// Words that a store's answer holds, and what they mean. The first that fits counts.
const KNOWN: [(&[&str], &str); 12] = [
    (
        &["NoSuchBucket", "bucket does not exist"],
        "the bucket does not exist. Create it (deploy/matinee.yaml does), or correct its name in --to; a bucket of another \
         provider needs its address in AWS_ENDPOINT_URL",
    ),
    (
        &["RequestTimeTooSkewed", "RequestExpired", "time too skewed"],
        "this machine's clock is wrong: signatures hold only for minutes. Set the clock (timedatectl set-ntp true), then try again",
    ),
    (
        &["InvalidAccessKeyId", "InvalidToken"],
        "the store does not know this key. Check AWS_ACCESS_KEY_ID (and AWS_SESSION_TOKEN, which belongs to it), and that \
         AWS_ENDPOINT_URL is the store that the key is of",
    ),
    (
        &["SignatureDoesNotMatch"],
        "the signature is not the key's: AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID",
    ),
    (
        &["ExpiredToken", "TokenRefreshRequired"],
        "the session has expired. Log in again, then export the new credentials",
    ),
    (
        &[
            "AuthorizationHeaderMalformed",
            "PermanentRedirect",
            "IllegalLocationConstraint",
            "bare redirect",
        ],
        "the bucket is in another region. Set AWS_REGION to the one it is in",
    ),
    (
        &["AccessDenied", "AllAccessDisabled", "403 Forbidden"],
        "this key may not do that. A publisher needs to list the bucket, and to read, write and delete below the prefix: \
         the role that deploy/matinee.yaml makes. On AWS, s3:ListBucket must be allowed too, or what is missing looks forbidden",
    ),
    (
        &["Missing region", "MissingRegion"],
        "no region is set. Set AWS_REGION",
    ),
    (
        &[
            "SlowDown",
            "ServiceUnavailable",
            "503 Service Unavailable",
            "TooManyRequests",
        ],
        "the store is overloaded or throttles this key, also after waiting. Nothing is lost: run the same command later; what was \
         uploaded stays",
    ),
    (
        &["NotImplemented", "501 Not Implemented"],
        "the store does not know how to do that. It needs conditional puts (If-None-Match): SeaweedFS, MinIO, R2 and AWS have them",
    ),
    (
        &[
            "Connection refused",
            "dns error",
            "tcp connect error",
            "failed to lookup",
        ],
        "the store does not answer at this address. Check AWS_ENDPOINT_URL, and that the network is there",
    ),
    (
        &[
            "timed out",
            "connection closed",
            "IncompleteMessage",
            "error sending request",
            "error decoding response body",
            "InternalError",
            "500 Internal",
        ],
        "the connection fails again and again. Nothing is lost: run the same command again; what was uploaded stays",
    ),
];

/// Whether trying again is of no use.
pub(crate) fn is_for_good(error: &Error) -> bool {
    let text = whole(error);
    let passing = KNOWN.len() - 2;
    KNOWN[..passing]
        .iter()
        .filter(|(words, _)| words[0] != "SlowDown")
        .any(|(words, _)| words.iter().any(|word| text.contains(word)))
}

/// The error with all its causes, as text.
fn whole(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str("; ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// What went wrong, in words.
pub(crate) fn explain(store: &str, doing: &str, path: &str, error: Error) -> anyhow::Error {
    let text = whole(&error);
    let known = KNOWN
        .iter()
        .find(|(words, _)| words.iter().any(|word| text.contains(word)));
    let advice = match (known, &error) {
        (Some((_, advice)), _) => advice,
        (None, Error::PermissionDenied { .. } | Error::Unauthenticated { .. }) => KNOWN[6].1,
        (None, _) => "the store's own words follow",
    };
    let shown: String = text.chars().take(400).collect();
    anyhow!("{shown}").context(format!("cannot {doing} {store}/{path}: {advice}"))
}
