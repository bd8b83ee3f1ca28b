use super::server_fns::report_status;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Asked this often; the server answers from its copy.
const PAUSE: Duration = Duration::from_secs(3);

/// Says how far a report is and shows its page anew when it is finished. Without script the page reloads itself.
#[island]
pub fn ReportProgress(id: String, status: String) -> impl IntoView {
    let said = RwSignal::new(sentence(&status));
    Effect::new(move |_| watch(id.clone(), said));
    view! {
        <p role="status" aria-live="polite">{said}</p>
        <noscript>
            <meta http-equiv="refresh" content="5"/>
            <p class="sub">"This page reloads every five seconds until the report is finished."</p>
        </noscript>
    }
}

/// Asks once after the pause, and again until the report is finished. A failed question is simply asked again.
fn watch(id: String, said: RwSignal<String>) {
    let ask = move || {
        spawn_local(async move {
            match report_status(id.clone()).await {
                Ok(now) if !now.under_way => {
                    said.set("Finished. Loading the result.".to_owned());
                    reload();
                    return;
                }
                Ok(now) => said.set(sentence(&now.status)),
                Err(_) => said.set("Seatboard could not be reached. Trying again.".to_owned()),
            }
            watch(id, said);
        });
    };
    set_timeout(ask, PAUSE);
}

fn reload() {
    // Fails only where there is no page to reload.
    let _ = window().location().reload();
}

fn sentence(status: &str) -> String {
    match status {
        "submitted" => "Submitted: the marketplace has not begun yet.".to_owned(),
        "processing" => "Processing: the marketplace is making the report.".to_owned(),
        other => format!("The marketplace says: {other}."),
    }
}
