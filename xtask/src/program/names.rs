//! Shorter names for what the first module imports from its script.
//!
//! wasm-bindgen names each function that the module imports after what it does and a hash. No visitor reads the names, and hashes
//! do not compress: one or two letters do as well.

use std::collections::HashSet;

use anyhow::{Result, bail};
use wasm_encoder::{EntityType, ImportSection, RawSection};
use wasmparser::{Parser, Payload, TypeRef};

/// Gives the functions that `module` imports short names, in it and in the `script` that provides them.
///
/// # Errors
///
/// Where the module cannot be read, imports anything but functions, or the script lacks one of them.
pub(super) fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut shortened = wasm_encoder::Module::new();
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import?;
                let TypeRef::Func(kind) = import.ty else {
                    bail!("{} is imported and no function", import.name);
                };
                // The loader of the other module has a script of its own.
                if import.module.contains("wasm_split") {
                    imports.import(import.module, import.name, EntityType::Function(kind));
                    continue;
                }
                let name = short(names.len());
                imports.import(import.module, &name, EntityType::Function(kind));
                names.push(import.name);
            }
            shortened.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let data = &module[range.start as usize..range.end as usize];
            shortened.section(&RawSection { id, data });
        }
    }
    Ok((shortened.finish(), rename(script, &names)?))
}

/// `script` with the short name in place of each of `names`.
fn rename(script: &str, names: &[&str]) -> Result<String> {
    let mut missing: HashSet<&str> = names.iter().copied().collect();
    let mut renamed = String::with_capacity(script.len());
    for line in script.split_inclusive('\n') {
        // Every one is a method of an object literal, on a line of its own.
        let start = line.len() - line.trim_start().len();
        let method = line[start..].split_once(": function(");
        let place = method.and_then(|(name, rest)| {
            let place = names.iter().position(|other| *other == name)?;
            Some((place, rest))
        });
        if let Some((place, rest)) = place {
            missing.remove(names[place]);
            renamed.push_str(&line[..start]);
            renamed.push_str(&short(place));
            renamed.push_str(": function(");
            renamed.push_str(rest);
        } else {
            renamed.push_str(line);
        }
    }
    if let Some(name) = missing.into_iter().next() {
        bail!("the script has no function {name}, which the module imports");
    }
    Ok(renamed)
}

/// The name of the import at `place`: a to z, then ba, bb and so on.
fn short(place: usize) -> String {
    const LETTERS: usize = 26;
    let letter = char::from(b'a' + (place % LETTERS) as u8);
    let mut name = match place / LETTERS {
        0 => String::new(),
        before => short(before),
    };
    name.push(letter);
    name
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ImportSection, Module, TypeSection};

    use super::*;

    const SCRIPT: &str = "const imports = {\n  __wbg_log_1f: function(arg0) {\n    return __wbg_log_1f;\n  },\n  \
                          __wbg_now_2e: function() {\n  },\n};\n";

    fn module(imports: &[(&str, &str)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut section = ImportSection::new();
        for (module, name) in imports {
            section.import(module, name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        module.finish()
    }

    fn imports(module: &[u8]) -> Vec<String> {
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::ImportSection(section) = payload.expect("a module") {
                let imports = section.into_imports();
                names.extend(imports.map(|import| import.expect("an import").name.to_owned()));
            }
        }
        names
    }

    #[test]
    fn module_and_script_are_given_the_same_names() {
        let long = module(&[
            ("./app_bg.js", "__wbg_now_2e"),
            ("./__wasm_split.js", "__wasm_split_load_pages"),
            ("./app_bg.js", "__wbg_log_1f"),
        ]);
        let (short, script) = shorten(&long, SCRIPT).expect("both fit together");
        assert_eq!(imports(&short), ["a", "__wasm_split_load_pages", "b"]);
        assert!(script.contains("  a: function() {"), "{script}");
        assert!(script.contains("  b: function(arg0) {"), "{script}");
    }

    #[test]
    fn a_function_that_the_script_lacks_is_named() {
        let error = shorten(&module(&[("./app_bg.js", "__wbg_gone_3d")]), SCRIPT);
        let error = error.expect_err("it is not there").to_string();
        assert!(error.contains("__wbg_gone_3d"), "{error}");
    }

    #[test]
    fn no_two_places_have_the_same_name() {
        let names: HashSet<String> = (0..2_000).map(short).collect();
        assert_eq!(names.len(), 2_000);
        assert_eq!(
            [short(0), short(25), short(26), short(27)],
            ["a", "z", "ba", "bb"]
        );
    }
}
