//! The rules for what may depend on what, as ARCHITECTURE.md draws them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// For each package of the workspace, the other packages of the workspace that it may build on.
const MAY_USE: [(&str, &[&str]); 11] = [
    ("matinee-format", &[]),
    ("matinee-kernel", &[]),
    ("matinee-engine", &["matinee-format", "matinee-kernel"]),
    ("matinee-imports", &["matinee-format", "matinee-engine"]),
    ("matinee-train", &["matinee-format", "matinee-engine"]),
    ("matinee-publish", &["matinee-format"]),
    (
        "matinee-web",
        &[
            "matinee-format",
            "matinee-kernel",
            "matinee-engine",
            "matinee-imports",
        ],
    ),
    (
        "matinee-widget",
        &[
            "matinee-format",
            "matinee-engine",
            "matinee-imports",
            "matinee-web",
        ],
    ),
    (
        "matinee-cli",
        &[
            "matinee-format",
            "matinee-engine",
            "matinee-imports",
            "matinee-publish",
            "matinee-train",
        ],
    ),
    (
        "matinee-app",
        &[
            "matinee-format",
            "matinee-engine",
            "matinee-imports",
            "matinee-web",
        ],
    ),
    ("xtask", &[]),
];

/// Packages that nothing may build on, not even a test.
const TOPS: [&str; 4] = ["matinee-app", "matinee-widget", "matinee-cli", "xtask"];

/// Packages that compile for a browser without knowing of one.
const PURE: [&str; 3] = ["matinee-format", "matinee-kernel", "matinee-engine"];
const BROWSER: [&str; 5] = ["wasm-bindgen", "js-sys", "web-sys", "gloo", "yew"];

/// The only package that may know how a model file is encoded.
const ENCODER: (&str, &str) = ("matinee-format", "bincode");

/// What each package depends on: `(name, is only for its tests)`.
type Graph = BTreeMap<String, BTreeSet<(String, bool)>>;

/// The packages of the workspace with what they name in their manifests, and every package with what it builds on.
struct Packages {
    members: Graph,
    all: Graph,
}

fn packages() -> Packages {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {complaint}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");

    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let names: BTreeMap<String, String> = list(&metadata["packages"])
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let mut all = Graph::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        // One name may stand for several versions: together they use what each of them does.
        let uses = all.entry(names[&text(&node["id"])].clone()).or_default();
        uses.extend(list(&node["deps"]).map(|dependency| {
            let only_for_tests = list(&dependency["dep_kinds"]).all(|kind| kind["kind"] == "dev");
            (names[&text(&dependency["pkg"])].clone(), only_for_tests)
        }));
    }
    let members = list(&metadata["workspace_members"])
        .map(|id| names[&text(id)].clone())
        .map(|name| (name.clone(), all[&name].clone()))
        .collect();
    Packages { members, all }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

/// Each rule that the graph breaks, in words.
fn broken_rules(Packages { members, all }: &Packages) -> Vec<String> {
    let mut broken = Vec::new();
    for (package, uses) in members {
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| name == package) else {
            broken.push(format!(
                "{package} has no rule: add it to MAY_USE and to ARCHITECTURE.md"
            ));
            continue;
        };
        for (used, only_for_tests) in uses {
            let forbidden = members.contains_key(used)
                && !may_use.contains(&used.as_str())
                && (!only_for_tests || TOPS.contains(&used.as_str()));
            if forbidden {
                broken.push(format!("{package} must not depend on {used}"));
            }
            let (owner, encoding) = ENCODER;
            if used == encoding && package != owner {
                broken.push(format!(
                    "{package} must not depend on {used}: only {owner} does"
                ));
            }
        }
    }
    for package in PURE {
        let reached = reach(all, package);
        for library in BROWSER.iter().filter(|library| reached.contains(**library)) {
            broken.push(format!(
                "{package} must not depend on {library}, not even indirectly"
            ));
        }
    }
    broken
}

/// Everything that a package builds on, directly or not; tests do not count.
fn reach(all: &Graph, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(package) = open.pop() {
        for (used, only_for_tests) in all.get(&package).into_iter().flatten() {
            if !only_for_tests && reached.insert(used.clone()) {
                open.push(used.clone());
            }
        }
    }
    reached
}

#[test]
fn dependencies_point_one_way() {
    let broken = broken_rules(&packages());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The rules' own test: each kind of offence is found, and what is allowed is not.
#[test]
fn each_offence_is_found() {
    let graph = |edges: &[(&str, &str, bool)]| -> Graph {
        let mut graph = Graph::new();
        for (from, to, only_for_tests) in edges {
            graph.entry((*to).to_owned()).or_default();
            let uses = graph.entry((*from).to_owned()).or_default();
            uses.insert(((*to).to_owned(), *only_for_tests));
        }
        graph
    };
    let offences = |edges: &[(&str, &str, bool)]| {
        let all = graph(edges);
        let is_member = |name: &String| name.starts_with("matinee-") || name == "xtask";
        let members = all
            .clone()
            .into_iter()
            .filter(|(name, _)| is_member(name))
            .collect();
        broken_rules(&Packages { members, all })
    };

    assert_eq!(
        offences(&[("matinee-engine", "matinee-format", false)]),
        [""; 0]
    );
    assert_eq!(
        offences(&[("matinee-engine", "matinee-train", true)]),
        [""; 0]
    );
    assert_eq!(
        offences(&[("matinee-web", "matinee-train", false)]),
        ["matinee-web must not depend on matinee-train"]
    );
    assert_eq!(
        offences(&[("matinee-train", "matinee-cli", true)]),
        ["matinee-train must not depend on matinee-cli"]
    );
    assert_eq!(
        offences(&[("matinee-train", "bincode", false)]),
        ["matinee-train must not depend on bincode: only matinee-format does"]
    );
    assert_eq!(
        offences(&[
            ("matinee-engine", "clock", false),
            ("clock", "js-sys", false)
        ]),
        ["matinee-engine must not depend on js-sys, not even indirectly"]
    );
    assert_eq!(
        offences(&[("matinee-new", "serde", false)]),
        ["matinee-new has no rule: add it to MAY_USE and to ARCHITECTURE.md"]
    );
}
