//! The invented vendors' price list. A table, and therefore longer than other files.

use crate::state::{BillingModel, ParameterKind, ParameterRule, Period};

/// A plan as the vendor offers it.
pub(super) struct PlanSeed {
    pub(super) name: &'static str,
    pub(super) vendor: &'static str,
    pub(super) service: &'static str,
    pub(super) summary: &'static str,
    pub(super) billing: Period,
    pub(super) terms: &'static [Period],
    pub(super) model: BillingModel,
    pub(super) currency: &'static str,
    /// Share of subscriptions.
    pub(super) weight: u32,
    /// Usual fewest and most seats.
    pub(super) seats: (u32, u32),
    pub(super) items: &'static [ItemSeed],
    pub(super) parameters: &'static [ParameterRule],
}

/// A product of a plan.
pub(super) struct ItemSeed {
    pub(super) mpn: &'static str,
    pub(super) name: &'static str,
    /// Price of one unit for one month, in cents, by quantity from which it holds.
    pub(super) monthly: &'static [(u32, i64)],
    /// What the reseller keeps, in percent of the price.
    pub(super) margin: i64,
    pub(super) minimum: u32,
    pub(super) maximum: Option<u32>,
    /// The place in the plan of the product this one needs.
    pub(super) needs: Option<usize>,
}

const M: Period = Period::MONTH;
const Y: Period = Period::YEAR;
const THREE_YEARS: Period = Period { count: 3, ..Period::YEAR };

use BillingModel::{AfterBillingPeriod, BeforeBillingPeriod, BeforeSubscriptionPeriod, ExternalRating};

const fn parameter(name: &'static str, kind: ParameterKind, choices: &'static [&'static str]) -> ParameterRule {
    ParameterRule { name, kind, mandatory: true, choices }
}

const TENANT: &[ParameterRule] = &[
    parameter("domain", ParameterKind::Domain, &[]),
    ParameterRule { mandatory: false, ..parameter("tenant_preference", ParameterKind::Choice, &["new", "existing"]) },
];
const ADMIN_EMAIL: &[ParameterRule] = &[parameter("admin_email", ParameterKind::Email, &[])];
const DOMAIN_NAME: &[ParameterRule] = &[parameter("domain_name", ParameterKind::Domain, &[])];
const REGION: &[ParameterRule] = &[parameter("region", ParameterKind::Choice, &["us-east", "us-west", "eu-central"])];

const fn item(mpn: &'static str, name: &'static str, monthly: &'static [(u32, i64)], margin: i64) -> ItemSeed {
    ItemSeed { mpn, name, monthly, margin, minimum: 1, maximum: Some(5_000), needs: None }
}

const fn add_on(mpn: &'static str, name: &'static str, monthly: &'static [(u32, i64)], margin: i64) -> ItemSeed {
    ItemSeed { minimum: 0, needs: Some(0), ..item(mpn, name, monthly, margin) }
}

const BASIC: &[ItemSeed] =
    &[ItemSeed { maximum: Some(300), ..item("NWC0B1LH:0001", "Business Basic", &[(0, 600)], 12) }];
const STANDARD: &[ItemSeed] = &[
    ItemSeed { maximum: Some(300), ..item("NWC0S1LH:0001", "Business Standard", &[(0, 1250)], 13) },
    add_on("NWC0X1MB:0002", "Extra mailbox storage 50 GB", &[(0, 325)], 15),
];
const PREMIUM: &[ItemSeed] =
    &[ItemSeed { maximum: Some(300), ..item("NWC0P1LH:0001", "Business Premium", &[(0, 2200)], 14) }];

/// A seat-based suite of the vendor with the seven-day window, billed monthly or yearly.
const fn suite(
    name: &'static str,
    billing: Period,
    terms: &'static [Period],
    weight: u32,
    items: &'static [ItemSeed],
) -> PlanSeed {
    PlanSeed {
        name,
        vendor: "Northwind Cloud",
        service: "NWC_SUITE",
        summary: "Mail, documents and meetings for a small business, per person.",
        billing,
        terms,
        model: BeforeBillingPeriod,
        currency: "USD",
        weight,
        seats: (3, 60),
        items,
        parameters: TENANT,
    }
}

/// Every plan, in the order of their ids.
pub(super) const PLANS: &[PlanSeed] = &[
    suite("Business Basic", M, &[M, Y], 11, BASIC),
    suite("Business Basic, paid yearly", Y, &[Y], 3, BASIC),
    suite("Business Standard", M, &[M, Y], 16, STANDARD),
    suite("Business Standard, paid yearly", Y, &[Y], 4, STANDARD),
    suite("Business Premium", M, &[M, Y], 10, PREMIUM),
    suite("Business Premium, paid yearly", Y, &[Y], 3, PREMIUM),
    suite("Frontline", M, &[M, Y], 4, &[item("NWC0F1LH:0001", "Frontline F1", &[(0, 225)], 10)]),
    PlanSeed {
        name: "Northwind Compute",
        vendor: "Northwind Cloud",
        service: "NWC_COMPUTE",
        summary: "Servers, storage and networks, charged by use.",
        billing: M,
        terms: &[M],
        model: ExternalRating,
        currency: "USD",
        weight: 4,
        seats: (1, 1),
        items: &[ItemSeed { maximum: Some(1), ..item("NWC-COMPUTE-PAYG", "Compute consumption", &[(0, 0)], 8) }],
        parameters: TENANT,
    },
    PlanSeed {
        name: "Northwind Compute reservation",
        vendor: "Northwind Cloud",
        service: "NWC_COMPUTE",
        summary: "A year of reserved capacity. Its subscriptions list no products.",
        billing: Y,
        terms: &[Y],
        model: ExternalRating,
        currency: "USD",
        weight: 1,
        seats: (1, 1),
        items: &[],
        parameters: &[],
    },
    PlanSeed {
        name: "Acrylic All Apps",
        vendor: "Acrylic",
        service: "ACRYLIC_STUDIO",
        summary: "Every design application, per person.",
        billing: Y,
        terms: &[Y, THREE_YEARS],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 4,
        seats: (1, 12),
        items: &[item("ACR-65297752", "All Apps", &[(0, 7_999), (10, 7_599), (50, 7_199)], 9)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Acrylic Single App",
        vendor: "Acrylic",
        service: "ACRYLIC_STUDIO",
        summary: "One design application of your choice.",
        billing: M,
        terms: &[Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 3,
        seats: (1, 8),
        items: &[
            item("ACR-65297761", "Photo Editor", &[(0, 3_399)], 9),
            item("ACR-65297764", "Page Layout", &[(0, 3_399)], 9),
            item("ACR-65297767", "Vector Drawing", &[(0, 3_399)], 9),
        ],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Acrylic Sign",
        vendor: "Acrylic",
        service: "ACRYLIC_SIGN",
        summary: "Send documents and have them signed.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 3,
        seats: (1, 15),
        items: &[item("ACR-SIGN-TEAM", "Sign for Teams", &[(0, 1_699)], 11)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Vaultline Backup",
        vendor: "Vaultline",
        service: "VAULTLINE_BACKUP",
        summary: "Off-site backup by the terabyte.",
        billing: M,
        terms: &[M],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 8,
        seats: (1, 20),
        items: &[
            ItemSeed { maximum: None, ..item("VL-BKP-1TB", "Backup 1 TB", &[(0, 2_450)], 18) },
            ItemSeed { minimum: 1, ..add_on("VL-BKP-AGENT", "Backup agent", &[(0, 390)], 20) },
        ],
        parameters: REGION,
    },
    PlanSeed {
        name: "Vaultline Mail Archive",
        vendor: "Vaultline",
        service: "VAULTLINE_ARCHIVE",
        summary: "Keeps every message for ten years.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 5,
        seats: (5, 60),
        items: &[ItemSeed {
            minimum: 5,
            ..item("VL-ARC-USER", "Mail archive mailbox", &[(0, 300), (25, 260), (100, 220)], 20)
        }],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Vaultline Recovery",
        vendor: "Vaultline",
        service: "VAULTLINE_DR",
        summary: "Stand-by servers, charged after the month in which they ran.",
        billing: M,
        terms: &[M],
        model: AfterBillingPeriod,
        currency: "USD",
        weight: 2,
        seats: (1, 4),
        items: &[item("VL-DR-SERVER", "Recovery server", &[(0, 8_900)], 16)],
        parameters: REGION,
    },
    PlanSeed {
        name: "Sentryfold Endpoint Essential",
        vendor: "Sentryfold",
        service: "SENTRYFOLD_EP",
        summary: "Protection for laptops and desktops.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 7,
        seats: (5, 80),
        items: &[item("SF-EP-ESS", "Endpoint Essential", &[(0, 295)], 17)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Sentryfold Endpoint Complete",
        vendor: "Sentryfold",
        service: "SENTRYFOLD_EP",
        summary: "Protection, detection and a response team.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 5,
        seats: (5, 60),
        items: &[
            item("SF-EP-CPL", "Endpoint Complete", &[(0, 780)], 18),
            add_on("SF-EP-SRV", "Server protection", &[(0, 1_120)], 18),
        ],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Sentryfold Mail Shield",
        vendor: "Sentryfold",
        service: "SENTRYFOLD_MAIL",
        summary: "Filters mail before it arrives. One year, paid at once.",
        billing: Y,
        terms: &[Y],
        model: BeforeSubscriptionPeriod,
        currency: "USD",
        weight: 3,
        seats: (5, 40),
        items: &[item("SF-MAIL", "Mail Shield mailbox", &[(0, 190)], 16)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Sentryfold Awareness",
        vendor: "Sentryfold",
        service: "SENTRYFOLD_LEARN",
        summary: "Short lessons and mock phishing.",
        billing: M,
        terms: &[Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 2,
        seats: (10, 80),
        items: &[ItemSeed { minimum: 10, ..item("SF-LEARN", "Awareness learner", &[(0, 165)], 19) }],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Callbright Lines",
        vendor: "Callbright",
        service: "CALLBRIGHT_VOICE",
        summary: "Telephone lines in the cloud.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 4,
        seats: (2, 30),
        items: &[item("CB-LINE", "Line", &[(0, 1_180)], 14), add_on("CB-HANDSET", "Handset rental", &[(0, 450)], 12)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Callbright Meetings",
        vendor: "Callbright",
        service: "CALLBRIGHT_MEET",
        summary: "Video meetings for up to 300 people.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 2,
        seats: (1, 20),
        items: &[item("CB-MEET", "Meetings host", &[(0, 1_390)], 13)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Oldstone Office 2026, perpetual",
        vendor: "Oldstone",
        service: "OLDSTONE_OFFICE",
        summary: "Bought once, never renewed.",
        billing: Period::PERPETUAL,
        terms: &[Period::PERPETUAL],
        model: BeforeSubscriptionPeriod,
        currency: "USD",
        weight: 2,
        seats: (1, 10),
        items: &[item("OS-OFF26-PP", "Office 2026 licence", &[(0, 21)], 10)],
        parameters: &[],
    },
    PlanSeed {
        name: "Fernhollow Wiki",
        vendor: "Fernhollow",
        service: "FERNHOLLOW_WIKI",
        summary: "A knowledge base for teams. Sold in euro.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "EUR",
        weight: 3,
        seats: (5, 50),
        items: &[item("FH-WIKI-STD", "Wiki user", &[(0, 540)], 15)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Fernhollow Helpdesk",
        vendor: "Fernhollow",
        service: "FERNHOLLOW_DESK",
        summary: "Tickets from mail and web. Sold in euro.",
        billing: M,
        terms: &[M, Y],
        model: BeforeBillingPeriod,
        currency: "EUR",
        weight: 2,
        seats: (2, 15),
        items: &[item("FH-DESK-AGENT", "Helpdesk agent", &[(0, 1_990)], 15)],
        parameters: ADMIN_EMAIL,
    },
    PlanSeed {
        name: "Namewright Domain",
        vendor: "Namewright",
        service: "NAMEWRIGHT",
        summary: "One domain name for a year.",
        billing: Y,
        terms: &[Y],
        model: BeforeSubscriptionPeriod,
        currency: "USD",
        weight: 3,
        seats: (1, 1),
        items: &[ItemSeed { maximum: Some(1), ..item("NW-DOMAIN", "Domain name", &[(0, 125)], 20) }],
        parameters: DOMAIN_NAME,
    },
    PlanSeed {
        name: "Namewright Hosting",
        vendor: "Namewright",
        service: "NAMEWRIGHT_WEB",
        summary: "Space for a web site.",
        billing: M,
        terms: &[Y],
        model: BeforeBillingPeriod,
        currency: "USD",
        weight: 2,
        seats: (1, 3),
        items: &[item("NW-WEB-S", "Hosting S", &[(0, 590)], 19), item("NW-WEB-L", "Hosting L", &[(0, 1_490)], 19)],
        parameters: DOMAIN_NAME,
    },
];

/// Plans a subscription may move up to: names of the plan and the next one.
pub(super) const UPGRADES: &[(&str, &str)] = &[
    ("Business Basic", "Business Standard"),
    ("Business Standard", "Business Premium"),
    ("Sentryfold Endpoint Essential", "Sentryfold Endpoint Complete"),
];
