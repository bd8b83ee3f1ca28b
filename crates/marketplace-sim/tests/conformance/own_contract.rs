//! The checker itself, with a small contract of its own: it finds what it is there to find.
