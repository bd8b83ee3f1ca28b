//! `wasm-bundle INPUT.wasm OUTPUT_FOLDER`: wasm-bindgen for the browser, as an ES module.
//!
//! A crate of its own, because its dependencies take longer to compile than all of `xtask`, which needs them only
//! when the browser's part is built: here they compile beside the server instead of before everything else.
//! The library is pinned to the version of `wasm-bindgen`, which must be the same to the patch number.

use std::env::args_os;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let mut arguments = args_os().skip(1);
    let (Some(input), Some(output), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: wasm-bundle INPUT.wasm OUTPUT_FOLDER");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let made = bindgen.input_path(input).web(true).and_then(|bindgen| bindgen.typescript(false).generate(output));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}
