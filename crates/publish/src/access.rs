//! What is asked of an endpoint and of credentials before anything is sent.

use std::env;
use std::net::IpAddr;

use anyhow::{Context, Result, bail, ensure};
use reqwest::Url;

/// Whether an endpoint may be spoken to without encryption: only this machine.
pub(crate) fn plain_http_is_safe(address: &str) -> Result<bool> {
    let url = Url::parse(address).with_context(|| {
        format!(
            "the endpoint {address} is no address; one is https://ACCOUNT.r2.cloudflarestorage.com"
        )
    })?;
    match url.scheme() {
        "https" => return Ok(false),
        "http" => {}
        other => bail!("the endpoint {address}: {other} is not spoken here, https is"),
    }
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_matches(['[', ']']);
    let loopback = host == "localhost"
        || bare
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback());
    ensure!(
        loopback,
        "the endpoint {address} would send what is published, and its signatures, unencrypted: use https. \
         Plain http is for this machine only"
    );
    Ok(true)
}

/// Without any credentials the client would ask the metadata service of a cloud machine, for minutes.
pub(crate) fn check_credentials() -> Result<()> {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let given = [
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_METADATA_ENDPOINT",
        "AWS_SKIP_SIGNATURE",
    ];
    if given.iter().any(|name| set(name)) {
        if set("AWS_ACCESS_KEY_ID") && !set("AWS_SECRET_ACCESS_KEY") {
            bail!(
                "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not: set both, they belong together"
            );
        }
        return Ok(());
    }
    let profile = env::var("AWS_PROFILE").unwrap_or_else(|_| "default".to_owned());
    bail!(
        "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_REGION). Those of a profile come with\n  \
         eval \"$(aws configure export-credentials --profile {profile} --format env)\"\n\
         On a cloud machine with a role, set AWS_METADATA_ENDPOINT=http://169.254.169.254"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine() {
        for safe in [
            "http://127.0.0.1:8333",
            "http://localhost:9000",
            "http://[::1]:1",
        ] {
            assert!(plain_http_is_safe(safe).expect("loopback"), "{safe}");
        }
        assert!(!plain_http_is_safe("https://s3.example").expect("https"));
        let error = plain_http_is_safe("http://s3.example").expect_err("in the clear");
        assert!(error.to_string().contains("use https"), "{error}");
        assert!(plain_http_is_safe("s3.example").is_err());
    }
}
