//! What nobody sends who means well.

/// Arguments that are missing, cannot be read, or are nothing that was asked for.
pub(super) const ARGUMENTS: [&str; 5] = [
    "",
    "nonsense",
    "subscription=%00&line=many&seats=-1&order=%FF%FE&customer=%00&form_token=x&session=x&staff[0]=%00&account[name]=%00",
    "subscription=1&subscription=2&order[a][b][c]=1&entered[99999]=x&account[contacts][4294967296][email]=x&path=//evil.example",
    // A NUL inside what is decoded twice.
    "order=customer%3D%2500%26product-0%3D%2500%26seats-0%3D1&choice=line%3D1%26seats%3D%2500&path=%2Forders%2Fnew%3Fcustomer%3D%2500\
     &subscription=1&act=%2500&form_token=6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11&method=GET&body=%2500&csv=customer%0A%2500&draft=x\
     &entered[0][product]=%2500&entered[0][name]=%2500",
];

/// How other sites' requests look, and those of whoever hides where they come from but shows a cookie.
pub(super) const ELSEWHERE: [&[(&str, &str)]; 8] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
    &[("sec-fetch-site", "cross-site"), ("origin", "https://seatboard.example")],
    &[("origin", "https://evil.example")],
    &[("origin", "http://seatboard.example")],
    &[("origin", "null")],
    &[],
];

/// Queries of a page.
pub(super) const QUERIES: [&str; 4] = [
    "",
    "?after=%00&before=-1&sort=%27;--&search=%00%FF&step=review&line=0&seats=99999999999999999999&customer=%00",
    "?customer=1&product-0=x&seats-0=x&status=%27&from=0000-00-00&to=9999-99-99&text=%25%5F%5C&q=%25%5F%5C%00%1F%27&reseller=all&mine=2",
    "?next=//evil.example&__path=/api/x&__err=e30%3D&draft=x&call=%00&edit=..&parameters=x&add=%00",
];

/// What stands where an address wants an id: what is not there, and what is none.
pub(super) const IDS: [&str; 7] = [
    "1",
    "6f3c1f0e-64a5-4f0e-9d8e-6f1f4b0f9d11",
    "%00",
    "..%2F..%2Fetc%2Fpasswd",
    "%27%22%3Cscript%3E",
    "%FF%FE",
    "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
];
