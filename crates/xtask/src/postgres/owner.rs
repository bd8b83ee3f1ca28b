//! Who runs the private Postgres, and where its files are. Postgres refuses to run as root.

use crate::failure::{Context, Failure, Result};
use crate::{repo, say};
use rustix::process::geteuid;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The user that a root session hands Postgres to.
#[derive(Clone, Copy, Debug)]
struct User {
    uid: u32,
    gid: u32,
}

/// The private folder of the server and the user it belongs to.
#[derive(Debug)]
pub(super) struct Home {
    /// The folder: only its owner (and root) can look into it.
    pub(super) folder: PathBuf,
    /// Nobody other than this session, unless it is root's.
    user: Option<User>,
}

impl Home {
    /// Finds the owner and makes the folder.
    pub(super) fn ensure() -> Result<Self> {
        let folder = repo::data_dir().join("postgres");
        if !geteuid().is_root() {
            return Self { folder, user: None }.made();
        }
        let user = ["postgres", "nobody"].into_iter().find_map(look_up);
        let user = user.ok_or_else(|| Failure::new("Postgres refuses to run as root, and there is no other user"))?;
        if reaches(user, &repo::data_dir()) {
            return Self { folder, user: Some(user) }.made();
        }
        let folder = elsewhere();
        if !folder.exists() {
            say::note(format!("Postgres's user cannot reach this folder, so its data goes to {}", folder.display()));
        }
        Self { folder, user: Some(user) }.made()
    }

    /// A command that runs as the owner.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // The owner may not be able to enter the current folder.
        command.current_dir("/");
        if let Some(user) = self.user {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// Writes a file that only the owner (and root) can read.
    pub(super) fn write_private(&self, path: &Path, text: &str) -> Result {
        let doing = || format!("writing {}", path.display());
        fs::write(path, "").context(doing())?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).context(doing())?;
        fs::write(path, text).context(doing())?;
        self.hand_over(path).context(doing())
    }

    fn made(self) -> Result<Self> {
        let doing = || format!("making {}", self.folder.display());
        fs::create_dir_all(&self.folder).context(doing())?;
        fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700)).context(doing())?;
        self.hand_over(&self.folder).context(doing())?;
        Ok(self)
    }

    fn hand_over(&self, path: &Path) -> std::io::Result<()> {
        self.user.map_or(Ok(()), |user| chown(path, Some(user.uid), Some(user.gid)))
    }
}

fn look_up(name: &str) -> Option<User> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name)?;
    Some(User { uid: fields.get(2)?.parse().ok()?, gid: fields.get(3)?.parse().ok()? })
}

/// Whether a user can get into a folder: a clone below root's home, for one, shuts everybody else out.
fn reaches(user: User, folder: &Path) -> bool {
    let mut test = Command::new("test");
    test.arg("-x").arg(folder).current_dir("/").uid(user.uid).gid(user.gid).stderr(Stdio::null());
    test.status().is_ok_and(|status| status.success())
}

/// A folder of this working copy's own outside it.
fn elsewhere() -> PathBuf {
    let mut hasher = DefaultHasher::new();
    repo::root().hash(&mut hasher);
    PathBuf::from(format!("/var/lib/seatboard-{:016x}", hasher.finish()))
}
