//! Damaging a sample the way careless and hostile writers do.

use crate::random::Random;

/// What readers stumble over.
const WORDS: [&str; 42] = [
    "",
    "\0",
    "\n",
    "\r\n",
    "\t",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "\\ud800",
    "%",
    "%00",
    "%ff",
    "%2f..",
    "&",
    "=",
    "#",
    ";",
    ",",
    "[",
    "]",
    "{",
    "}",
    "[]",
    "{\"\":",
    "null",
    "true",
    "-",
    "+",
    "-0",
    "1e999",
    "NaN",
    "0.1",
    "9223372036854775808",
    "-1",
    "79228162514264337593543950336",
    "2147483648",
    "\u{feff}",
    "\u{202e}",
    "é\u{301}",
    "😀",
    "../",
];

/// The longest input, so that inputs do not grow without end.
const LONGEST: usize = 64 * 1024;

/// One of the samples, damaged in one to eight places.
pub(crate) fn damaged(samples: &[&[u8]], random: &mut Random) -> Vec<u8> {
    let mut input = samples.get(random.below(samples.len())).map_or_else(Vec::new, |sample| sample.to_vec());
    for _ in 0..=random.below(8) {
        damage(&mut input, samples, random);
        input.truncate(LONGEST);
    }
    input
}

fn damage(input: &mut Vec<u8>, samples: &[&[u8]], random: &mut Random) {
    let at = random.below(input.len() + 1);
    let end = at + random.below(input.len() + 1 - at);
    match random.below(10) {
        0 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
        1 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.byte()),
        2 => drop(input.drain(at..end)),
        3 => input.truncate(at),
        4 => insert(input, at, WORDS[random.below(WORDS.len())].as_bytes()),
        5 => drop(input.splice(at..end, WORDS[random.below(WORDS.len())].bytes())),
        6 => {
            let piece = input[at..end].to_vec();
            insert(input, random.below(input.len() + 1), &piece);
        }
        // Nesting and repetition: what is deep or long where nobody thought of it.
        7 => {
            let piece = WORDS[random.below(WORDS.len())].repeat(1 << random.below(12));
            insert(input, at, piece.as_bytes());
        }
        8 => {
            let other = samples.get(random.below(samples.len())).copied().unwrap_or_default();
            let from = random.below(other.len() + 1);
            input.splice(at..end, other[from..].iter().copied()).for_each(drop);
        }
        _ => {
            let noise: Vec<u8> = (0..random.below(16)).map(|_| random.byte()).collect();
            insert(input, at, &noise);
        }
    }
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied()).for_each(drop);
}
