//! The enumerations of orders.

use crate::models::model::wire_enum;

wire_enum! {
    /// What an order does.
    pub enum OrderType {
        /// Buys: a new subscription.
        Sales = "sales",
        /// Changes seats, plan or term of a subscription.
        Change = "change",
        /// Extends a subscription by its next term.
        Renewal = "renewal",
        /// Ends a subscription. Not to be mixed up with an order whose *status* is cancelled.
        Cancellation = "cancellation",
        /// Takes over a subscription from outside.
        Migration = "migration",
        /// An order of another kind, such as a bill or a payment.
        Unknown = "unknown",
    }
}

wire_enum! {
    /// How far an order is.
    pub enum OrderStatus {
        /// Waiting to be processed.
        Submitted = "submitted",
        /// Being fulfilled. Orders for the renewal stay so until then, which may be months.
        Processing = "processing",
        /// Failed.
        Error = "error",
        /// Done.
        Completed = "completed",
        /// Given up. Not to be mixed up with an order whose *type* is cancellation.
        Cancelled = "cancelled",
    }
}

wire_enum! {
    /// When a change order takes effect, if not at once.
    pub enum Schedule {
        /// With the renewal.
        Renewal = "renewal",
    }
}

wire_enum! {
    /// Whether a switched subscription keeps the start of its term. Values and effect are assumed.
    pub enum UpgradeStart {
        /// It keeps it.
        FromOldStartDate = "from_old_start_date",
        /// The term starts again.
        FromDateOfUpgrade = "from_date_of_upgrade",
    }
}

wire_enum! {
    /// What the end of a term is aligned with.
    pub enum Alignment {
        /// Another subscription.
        CoTermOnSubscription = "CO_TERM_ON_SUBSCRIPTION",
        /// The calendar month.
        MatchEndOfCalendarMonth = "MATCH_END_OF_CALENDAR_MONTH",
        /// The subscription that some seats move from.
        CoTermPartialUpgrade = "CO_TERM_PARTIAL_UPGRADE",
    }
}

wire_enum! {
    /// How an order places its lines.
    pub enum PlacementType {
        /// Moves seats from one product to another.
        Move = "MOVE",
    }
}

wire_enum! {
    /// What an order line does.
    pub enum LineAction {
        /// Creates a subscription.
        Create = "CREATE",
        /// Renews one.
        Renew = "RENEW",
        /// Cancels one.
        Cancel = "CANCEL",
        /// Upgrades one.
        Upgrade = "UPGRADE",
        /// Switches plan or period.
        ChangePlanPeriod = "CHANGE_PLAN_PERIOD",
        /// Transfers one.
        Transfer = "TRANSFER",
        /// Stops its service.
        StopService = "STOP_SERVICE",
        /// Removes its service.
        DestroyService = "DESTROY_SERVICE",
        /// Charges once.
        OneTimeFee = "ONE_TIME_FEE",
        /// Bills a subscription.
        BillingSubscription = "BILLING_SUBSCRIPTION",
        /// Charges what the vendor rated.
        VendorRatedData = "VENDOR_RATED_DATA",
        /// Migrates one.
        Migration = "MIGRATION",
        /// Moves seats.
        Move = "MOVE",
    }
}

wire_enum! {
    /// Whether a move made a subscription or found one.
    pub enum NewSubscriptionType {
        /// Made.
        New = "NEW",
        /// Found.
        Existing = "EXISTING",
    }
}

wire_enum! {
    /// What a price line of an order is for.
    pub enum DetailType {
        /// Named so by the marketplace.
        Unknown = "unknown",
        /// Set-up fee.
        Setup = "setup",
        /// Set-up fee, paid back.
        SetupRefund = "setupRefund",
        /// Switch of plan or period.
        Switch = "switch",
        /// Renewal.
        Renew = "renew",
        /// Renewal, paid back.
        RenewRefund = "renewRefund",
        /// Transfer.
        Transfer = "transfer",
        /// Transfer, paid back.
        TransferRefund = "transferRefund",
        /// Recurring fee.
        Recurring = "recurring",
        /// Recurring fee, paid back.
        RecurringRefund = "recurringRefund",
        /// Use beyond what was bought.
        Overuse = "overuse",
        /// Fewer seats or a smaller plan.
        Downgrade = "downgrade",
        /// Discount.
        Discount = "discount",
        /// Adjustment.
        Adjustment = "adjustment",
        /// Cancellation.
        Cancellation = "cancellation",
        /// Handling fee.
        HandlingFee = "handlingFee",
        /// Something that is not provisioned.
        NonProvisioningItem = "nonProvisioningItem",
        /// Payment.
        Payment = "payment",
        /// Money back.
        Refund = "refund",
        /// Adjustment of money paid back.
        RefundAdjustment = "refundAdjustment",
        /// Penalty.
        BillPenalty = "billPenalty",
        /// Entry of a bill.
        BillRecord = "billRecord",
        /// Payment to a reseller.
        ResellerPayment = "resellerPayment",
        /// Deposit.
        Deposit = "deposit",
    }
}

wire_enum! {
    /// How a discount is counted.
    pub enum DiscountType {
        /// In per cent.
        Percent = "percent",
        /// An amount.
        Fixed = "fixed",
        /// Named so by the marketplace.
        Unknown = "unknown",
    }
}

wire_enum! {
    /// What a margin is counted from.
    pub enum MarginModel {
        /// The vendor's recommended price.
        Msrp = "MSRP",
        /// The cost.
        Cos = "COS",
        /// Named so by the marketplace.
        Unknown = "UNKNOWN",
    }
}

wire_enum! {
    /// How often a vendor's discount is given.
    pub enum DiscountFrequency {
        /// Every day.
        Daily = "DAILY",
        /// Every month.
        Monthly = "MONTHLY",
        /// Every year.
        Yearly = "YEARLY",
    }
}

wire_enum! {
    /// The orders that a discount is for.
    pub enum DiscountScope {
        /// Sales.
        Sales = "SALES",
        /// Renewals.
        Renewal = "RENEWAL",
        /// Switches of plan.
        SwitchPlan = "SWITCH_PLAN",
    }
}

wire_enum! {
    /// What an agreed price is for. Upper case, unlike the same words in the catalogue.
    pub enum AgreementPriceType {
        /// Every billing period.
        Recurring = "RECURRING",
        /// Once, at the start.
        Setup = "SETUP",
        /// For use beyond what was bought.
        Overuse = "OVERUSE",
        /// For a renewal.
        Renewal = "RENEWAL",
        /// For a transfer.
        Transfer = "TRANSFER",
    }
}
