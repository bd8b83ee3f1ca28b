//! The wasm entry: readies the page for its islands, which `public/islands.js` then hydrates one by one.

// Linking `app` is what puts the islands into the wasm.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once, before the islands.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
