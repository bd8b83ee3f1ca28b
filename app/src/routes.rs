//! Which page answers which path.

use crate::activity::ActivityPage;
use crate::approvals::ApprovalsPage;
use crate::catalogue::{PlanPage, PlansPage, ProductsPage};
use crate::console::ConsolePage;
use crate::context;
use crate::customers::{CustomerPage, CustomersPage, EditCustomerPage, HoldPage, NewCustomerPage};
use crate::drafts::DraftsPage;
use crate::factor::SecondFactorPage;
use crate::manage::{
    AttributesPage, AutoRenewalPage, CancelPage, MovePage, PricePage, RenewPage, SeatsAtRenewalPage, SwitchPage,
};
use crate::matching::{MatchingBatchPage, MatchingPage};
use crate::orders::{MigratePage, NewOrderPage, OrderPage, OrdersPage};
use crate::overview::OverviewPage;
use crate::reports::{NewReportPage, ReportPage, ReportsPage};
use crate::resellers::{EditResellerPage, NewResellerPage, ResellerPage, ResellersPage};
use crate::roles::{RolePage, RolesPage};
use crate::search::SearchPage;
use crate::seats::ChangeSeatsPage;
use crate::session::{
    CodePage, PasswordPage, ProfilePage, ProvePage, ReturnPage, SessionsPage, SignInPage, StartPage, WelcomePage,
};
use crate::settings::{ApprovalRulesPage, ConnectionPage};
use crate::staff::{StaffMemberPage, StaffPage};
use crate::subscriptions::{SubscriptionPage, SubscriptionsPage};
use crate::ui::{Layout, NotFoundPage};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// Everything inside `<body>`.
#[component]
pub(crate) fn App() -> impl IntoView {
    view! {
        <Router>
            <Layout staff=context::staff()>
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/") view=OverviewPage ssr=SsrMode::Async/>
                    <Route path=path!("/customers") view=CustomersPage ssr=SsrMode::Async/>
                    <Route path=path!("/customers/new") view=NewCustomerPage ssr=SsrMode::Async/>
                    <Route path=path!("/customers/:id/edit") view=EditCustomerPage ssr=SsrMode::Async/>
                    <Route path=path!("/customers/:id/hold") view=HoldPage ssr=SsrMode::Async/>
                    <Route path=path!("/customers/matching") view=MatchingPage ssr=SsrMode::Async/>
                    <Route path=path!("/customers/matching/:id") view=MatchingBatchPage ssr=SsrMode::Async/>
                    <Route path=path!("/customers/:id") view=CustomerPage ssr=SsrMode::Async/>
                    <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions") view=SubscriptionsPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id") view=SubscriptionPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/seats") view=ChangeSeatsPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/seats-at-renewal") view=SeatsAtRenewalPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/auto-renewal") view=AutoRenewalPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/switch") view=SwitchPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/move") view=MovePage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/renew") view=RenewPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/cancel") view=CancelPage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/price") view=PricePage ssr=SsrMode::Async/>
                    <Route path=path!("/subscriptions/:id/attributes") view=AttributesPage ssr=SsrMode::Async/>
                    <Route path=path!("/orders") view=OrdersPage ssr=SsrMode::Async/>
                    <Route path=path!("/orders/new") view=NewOrderPage ssr=SsrMode::Async/>
                    <Route path=path!("/orders/migrate") view=MigratePage ssr=SsrMode::Async/>
                    <Route path=path!("/orders/:id") view=OrderPage ssr=SsrMode::Async/>
                    <Route path=path!("/drafts") view=DraftsPage ssr=SsrMode::Async/>
                    <Route path=path!("/catalogue/products") view=ProductsPage ssr=SsrMode::Async/>
                    <Route path=path!("/catalogue/plans") view=PlansPage ssr=SsrMode::Async/>
                    <Route path=path!("/catalogue/plans/:id") view=PlanPage ssr=SsrMode::Async/>
                    <Route path=path!("/reports") view=ReportsPage ssr=SsrMode::Async/>
                    <Route path=path!("/reports/new") view=NewReportPage ssr=SsrMode::Async/>
                    <Route path=path!("/reports/:id") view=ReportPage ssr=SsrMode::Async/>
                    <Route path=path!("/resellers") view=ResellersPage ssr=SsrMode::Async/>
                    <Route path=path!("/resellers/new") view=NewResellerPage ssr=SsrMode::Async/>
                    <Route path=path!("/resellers/:id/edit") view=EditResellerPage ssr=SsrMode::Async/>
                    <Route path=path!("/resellers/:id") view=ResellerPage ssr=SsrMode::Async/>
                    <Route path=path!("/activity") view=ActivityPage ssr=SsrMode::Async/>
                    <Route path=path!("/console") view=ConsolePage ssr=SsrMode::Async/>
                    <Route path=path!("/approvals") view=ApprovalsPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/approvals") view=ApprovalRulesPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/connection") view=ConnectionPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/staff") view=StaffPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/roles") view=RolesPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/roles/:id") view=RolePage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/staff/:id") view=StaffMemberPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/password") view=PasswordPage ssr=SsrMode::Async/>
                    <Route path=path!("/welcome") view=WelcomePage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/sessions") view=SessionsPage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in/code") view=CodePage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/second-factor") view=SecondFactorPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings/profile") view=ProfilePage ssr=SsrMode::Async/>
                    <Route path=path!("/prove") view=ProvePage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in/oidc") view=StartPage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in/oidc/return") view=ReturnPage ssr=SsrMode::Async/>
                </Routes>
            </Layout>
        </Router>
    }
}
