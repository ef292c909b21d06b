//! `matinee verify`: a published site as a visitor gets it.

use std::path::PathBuf;

use anyhow::{Result, bail};
use matinee_publish::{FileRecord, Plan, Severity, verify};
use serde::Serialize;

use super::Bar;
use crate::table::Table;

/// Fetch a published site as a visitor would, and say what is wrong and how to mend it.
///
/// Checks status, types, caching, compression, what other sites may load, the content security policy, and the model's hash.
#[derive(clap::Args)]
pub(crate) struct VerifyArgs {
    /// The site's public address.
    #[arg(long)]
    url: String,
    /// The folder of the built site: also checks that this is what is served.
    #[arg(long)]
    site: Option<PathBuf>,
    /// The model that was published, if not the one that the site was built with.
    #[arg(long, requires = "site")]
    model: Option<PathBuf>,
    /// Print a JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    severity: Severity,
    file: &'a str,
    what: &'a str,
    mend: &'a str,
}

pub(crate) fn run(args: VerifyArgs) -> Result<()> {
    let plan = args
        .site
        .as_ref()
        .map(|site| Plan::read(site, args.model.as_deref(), &Bar::new()))
        .transpose()?;
    report(
        &args.url,
        plan.map(|plan| plan.records()).as_deref(),
        args.json,
    )
}

/// Prints what is not as it should be; fails where visitors would notice.
pub(super) fn report(url: &str, expected: Option<&[FileRecord]>, json: bool) -> Result<()> {
    let verified = verify(url, expected)?;
    let mut table = Table::new(&["severity", "file", "what", "mend"], json)?;
    for finding in &verified.findings {
        table.row(&Row {
            severity: finding.severity,
            file: &finding.file,
            what: &finding.what,
            mend: &finding.mend,
        })?;
    }
    table.finish()?;
    let wrong = verified
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Wrong)
        .count();
    let advice = verified.findings.len() - wrong;
    eprintln!(
        "{url}: {} files fetched ({} bytes); {wrong} wrong, {advice} to improve.",
        verified.files, verified.bytes
    );
    if wrong > 0 {
        bail!("{url} is not served as it should be: see the table above");
    }
    Ok(())
}
