//! Seatboard and its stand-in marketplace, started the way an installation starts them: each a program of its own,
//! told about the others by its environment alone.

mod announced;
mod logged;
mod provider;
mod ready;
mod secret_key;
mod simulator;

use crate::build::programs::Programs;
use crate::commands::output;
use crate::failure::{Failure, Result};
use crate::postgres::Database;
use crate::processes::{check_interrupted, tied_to_us};
use crate::say;
pub(crate) use logged::Logged;
pub(crate) use simulator::SimulatorOptions;
use std::env::var_os;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

/// How often the started programs are looked at.
const POLL: Duration = Duration::from_millis(100);

/// The variable that fixes the demo staff's password.
pub(crate) const PASSWORD: &str = "SEATBOARD_DEMO_PASSWORD";

/// What to start.
#[derive(Debug)]
pub(crate) struct Options {
    /// The port of the loopback address to serve on.
    pub(crate) port: u16,
    /// An empty or migrated database.
    pub(crate) database: Database,
    /// The built site.
    pub(crate) site: PathBuf,
    /// The demo staff's password.
    pub(crate) password: String,
    /// The stand-in marketplace; it is started unless `MARKETPLACE_URL` names another.
    pub(crate) simulator: SimulatorOptions,
    /// Whether people can sign in at a provider too; that takes what npm installs.
    pub(crate) single_sign_on: bool,
    /// Whether the logs go to the terminal too.
    pub(crate) verbose: bool,
}

/// What runs; dropping it stops all of it.
#[derive(Debug)]
pub(crate) struct Stack {
    // Dropped in this order: the server first, so that it does not see its marketplace go away.
    children: Vec<Logged>,
    /// Where people find it.
    pub(crate) url: String,
    /// One line for each demo staff member: `sign in: EMAIL PASSWORD (ROLE)`.
    pub(crate) sign_ins: String,
    /// The server's variables that lead to the stand-in marketplace, if that was started.
    pub(crate) marketplace: Vec<(String, String)>,
}

impl Stack {
    /// Starts everything and waits until it serves.
    pub(crate) fn start(programs: &Programs, options: &Options) -> Result<Self> {
        let url = format!("http://127.0.0.1:{}", options.port);
        let Database { owner, server } = &options.database;
        let (role, served) = server.as_ref().map_or((None, owner), |(role, url)| (Some(role.as_str()), url));
        let mut environment = vec![
            ("DATABASE_URL".to_owned(), served.clone()),
            ("LISTEN".to_owned(), format!("127.0.0.1:{}", options.port)),
            ("PUBLIC_URL".to_owned(), url.clone()),
            ("SECRET_KEY".to_owned(), secret_key::ensure()?),
            ("SITE_ROOT".to_owned(), options.site.display().to_string()),
            (PASSWORD.to_owned(), options.password.clone()),
        ];
        let mut children = Vec::new();
        let mut marketplace = Vec::new();
        if var_os("MARKETPLACE_URL").is_none() {
            say::step("starting the stand-in marketplace");
            let (simulator, connection) = simulator::start(programs, options)?;
            marketplace.clone_from(&connection);
            environment.extend(connection);
            children.push(simulator);
        }
        if options.single_sign_on {
            say::step("starting the provider of single sign-on");
            let (provider, settings) = provider::start(&url, options.verbose)?;
            environment.extend(settings);
            children.push(provider);
        }
        let command = |arguments: &[&str]| {
            let mut command = tied_to_us(&programs.server);
            command.args(arguments).envs(environment.iter().cloned());
            command
        };
        say::step("migrating the database");
        let grant = role.map_or_else(Vec::new, |role| vec!["--grant-to", role]);
        output(command(&[&["migrate"], grant.as_slice()].concat()).env("DATABASE_URL", owner))?;
        let sign_ins = sign_ins(&output(&mut command(&["staff", "demo", "--password-env", PASSWORD]))?);
        say::step("starting the server");
        children.insert(0, Logged::start("server", &mut command(&["serve"]), options.verbose)?);
        let mut stack = Self { children, url, sign_ins, marketplace };
        stack.wait_until_ready(options.port)?;
        Ok(stack)
    }

    /// Waits until a person asks for the end, or fails when one of the programs ends by itself.
    pub(crate) fn keep_running(&mut self) -> Result {
        loop {
            check_interrupted()?;
            self.check_children()?;
            sleep(POLL);
        }
    }

    fn wait_until_ready(&mut self, port: u16) -> Result {
        let mut attempts = ready::Attempts::new(port);
        while !attempts.succeed()? {
            check_interrupted()?;
            self.check_children()?;
            sleep(POLL);
        }
        Ok(())
    }

    fn check_children(&mut self) -> Result {
        for child in &mut self.children {
            if let Some(status) = child.ended()? {
                check_interrupted()?;
                let said = child.last_words();
                let message = format!("the {} ended ({status}). It said last:\n{said}", child.name());
                return Err(Failure::new(message).remedy(format!("all of it is in {}", child.log_path().display())));
            }
        }
        Ok(())
    }
}

fn sign_ins(printed: &str) -> String {
    printed.lines().filter(|line| line.starts_with("sign in: ")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sign_ins_are_taken_from_what_the_server_prints() {
        let printed = "created 1\nsign in: viewer@seatboard.example secret (viewer)\ndone";
        assert_eq!(sign_ins(printed), "sign in: viewer@seatboard.example secret (viewer)");
    }
}
