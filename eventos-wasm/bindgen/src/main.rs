//! `eventos-wasm-bindgen LIBRARY FOLDER`: the JavaScript and the WebAssembly of a compiled library, for `cargo xtask npm`.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(library), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        bail!("pass the compiled library and the folder to write to");
    };
    Bindgen::new()
        .input_path(&library)
        .web(true)?
        .out_name("eventos")
        .typescript(true)
        .omit_default_module_path(true)
        .generate(folder)
        .with_context(|| format!("cannot read {}", library.display()))
}
