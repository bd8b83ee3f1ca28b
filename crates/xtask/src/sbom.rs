//! `cargo xtask sbom`: what is shipped and what it is made of, as CycloneDX 1.6, from what cargo itself resolved.
//!
//! Written here rather than by a tool: cargo knows all of it, and a tool takes longer to build than the project's own
//! commands together.

use crate::build::cargo;
use crate::commands::output;
use crate::failure::{Context, Failure, Result};
use crate::{repo, say};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What is shipped: the server, and what it sends to browsers.
const SHIPPED: [&str; 2] = ["server", "frontend"];

/// Writes `target/sbom/seatboard.cdx.json`.
pub(crate) fn sbom() -> Result {
    let bill = of_working_copy()?;
    let folder = repo::target_dir().join("sbom");
    fs::create_dir_all(&folder).context("making target/sbom")?;
    let path = folder.join("seatboard.cdx.json");
    let text = serde_json::to_string_pretty(&bill).context("writing JSON")?;
    fs::write(&path, text + "\n").context(format!("writing {}", path.display()))?;
    say::note(format_args!("{} components", bill["components"].as_array().map_or(0, Vec::len)));
    println!("{}", path.display());
    Ok(())
}

fn of_working_copy() -> Result<Value> {
    let metadata = output(cargo().args(["metadata", "--format-version=1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("reading what cargo says")?;
    let lock = fs::read_to_string(repo::root().join("Cargo.lock")).context("reading Cargo.lock")?;
    bill(&metadata, &checksums(&lock))
}

/// The bill of what cargo resolved. Without a time and a random number, so that the same sources have the same bill.
fn bill(metadata: &Value, checksums: &BTreeMap<(String, String), String>) -> Result<Value> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> =
        list(&metadata["packages"]).into_iter().map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<String, BTreeSet<String>> =
        list(&metadata["resolve"]["nodes"]).iter().map(|node| (text(&node["id"]), shipped_with(node))).collect();
    let mut waiting: Vec<String> = packages
        .iter()
        .filter(|(_, package)| SHIPPED.contains(&&*text(&package["name"])))
        .map(|(id, _)| id.clone())
        .collect();
    if waiting.len() != SHIPPED.len() {
        return Err(Failure::new("cargo does not name what is shipped"));
    }
    let roots: Vec<String> = waiting.iter().filter_map(|id| packages.get(id)).map(reference).collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id.clone()) {
            waiting.extend(nodes.get(&id).into_iter().flatten().cloned());
        }
    }
    let shipped = || reached.iter().filter_map(|id| Some((id, packages.get(id)?)));
    let components: Vec<Value> = shipped().map(|(_, package)| component(package, checksums)).collect();
    let depends = |id: &String| nodes.get(id).into_iter().flatten().filter_map(|id| packages.get(id)).map(reference);
    let seatboard = json!({ "type": "application", "name": "seatboard", "bom-ref": "seatboard" });
    let dependencies = shipped()
        .map(|(id, package)| json!({ "ref": reference(package), "dependsOn": depends(id).collect::<Vec<_>>() }))
        .chain([json!({ "ref": "seatboard", "dependsOn": roots })]);
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": seatboard, "tools": { "components": [{ "type": "application", "name": "cargo xtask sbom" }] } },
        "components": components,
        "dependencies": dependencies.collect::<Vec<_>>(),
    }))
}

/// What a package needs to run or to be built; what only its tests need is not shipped.
fn shipped_with(node: &Value) -> BTreeSet<String> {
    let dependencies = node["deps"].as_array().into_iter().flatten();
    let ships = |dependency: &&Value| {
        dependency["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"] != "dev"))
    };
    dependencies.filter(ships).map(|dependency| text(&dependency["pkg"])).collect()
}

fn component(package: &Value, checksums: &BTreeMap<(String, String), String>) -> Value {
    let (name, version) = (text(&package["name"]), text(&package["version"]));
    let mut component = Map::new();
    component.insert("type".to_owned(), "library".into());
    component.insert("bom-ref".to_owned(), reference(package).into());
    component.insert("name".to_owned(), name.clone().into());
    component.insert("version".to_owned(), version.clone().into());
    component.insert("purl".to_owned(), reference(package).into());
    if let Some(license) = package["license"].as_str() {
        // Some write the `OR` of older days.
        component.insert("licenses".to_owned(), json!([{ "expression": license.replace('/', " OR ") }]));
    }
    if let Some(checksum) = checksums.get(&(name, version)) {
        component.insert("hashes".to_owned(), json!([{ "alg": "SHA-256", "content": checksum }]));
    }
    component.into()
}

/// A package URL, which also tells components apart.
fn reference(package: &Value) -> String {
    format!("pkg:cargo/{}@{}", text(&package["name"]), text(&package["version"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The checksums of a lock file, by name and version.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |package: &str, name: &str| {
        let lines = package.lines();
        lines
            .filter_map(|line| line.split_once(" = "))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim_matches('"').to_owned())
    };
    let packages = lock.split("[[package]]").skip(1);
    packages
        .filter_map(|package| {
            Some(((field(package, "name")?, field(package, "version")?), field(package, "checksum")?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, dependencies: &[(&str, Value)]) -> Value {
        let dependencies: Vec<Value> =
            dependencies.iter().map(|(id, kind)| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] })).collect();
        json!({ "id": id, "deps": dependencies })
    }

    fn metadata() -> Value {
        let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0" });
        let packages = ["server", "frontend", "used", "builds", "tests", "xtask"].map(package);
        json!({
            "packages": packages,
            "resolve": { "nodes": [
                node("server", &[("used", Value::Null), ("tests", "dev".into())]),
                node("frontend", &[]),
                node("used", &[("builds", "build".into())]),
                node("builds", &[]),
                node("tests", &[]),
                node("xtask", &[("tests", Value::Null)]),
            ] },
        })
    }

    #[test]
    fn what_is_shipped_or_builds_it_is_listed_and_what_tests_it_is_not() {
        let lock = "[[package]]\nname = \"used\"\nversion = \"1.0.0\"\nchecksum = \"0a0b\"\n\n[[package]]\nname = \"server\"\n";
        let bill = bill(&metadata(), &checksums(lock)).unwrap();
        let names: Vec<&str> =
            bill["components"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(names, ["builds", "frontend", "server", "used"]);
        let used = &bill["components"][3];
        assert_eq!(used["hashes"][0]["content"], "0a0b");
        assert_eq!(used["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(
            bill["dependencies"][2],
            json!({ "ref": "pkg:cargo/server@1.0.0", "dependsOn": ["pkg:cargo/used@1.0.0"] })
        );
    }

    #[test]
    fn in_the_bill_of_the_working_copy_every_reference_leads_somewhere_and_every_library_has_its_checksum() {
        let bill = of_working_copy().unwrap();
        let components = bill["components"].as_array().unwrap();
        let known: BTreeSet<&str> = components.iter().filter_map(|one| one["bom-ref"].as_str()).collect();
        for dependency in bill["dependencies"].as_array().unwrap() {
            for reference in dependency["dependsOn"].as_array().unwrap() {
                assert!(known.contains(reference.as_str().unwrap()), "{reference} leads nowhere");
            }
        }
        let named = |name: &str| components.iter().find(|one| one["name"] == name);
        for library in ["axum", "sqlx", "ring", "leptos"] {
            assert_eq!(named(library).unwrap()["hashes"][0]["content"].as_str().map(str::len), Some(64), "{library}");
        }
        assert!(named("proptest").is_none() && named("marketplace-sim").is_none(), "what only tests is not shipped");
        println!("{} components", components.len());
    }

    #[test]
    fn a_bill_of_nothing_is_refused() {
        assert!(bill(&json!({}), &BTreeMap::new()).is_err());
    }
}
