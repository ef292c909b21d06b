//! A process that trains when it is told to, watched from outside so that all are measured alike.

use std::fs;
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use xshell::Cmd;

/// Clock ticks a second in `/proc`, the same on every Linux.
const TICKS: f64 = 100.0;

/// A contender that has its data in memory. It takes a command a line and answers each with a line of JSON.
pub(super) struct Contender {
    pub(super) name: &'static str,
    /// What it says of itself: version and number of threads.
    pub(super) about: Value,
    child: Child,
    commands: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

/// What one training run took.
#[derive(Clone, Copy)]
pub(super) struct Fit {
    /// On the wall clock, as the contender measured it.
    pub(super) seconds: f64,
    /// On all processors together.
    pub(super) cpu_seconds: f64,
}

impl Contender {
    /// Starts a contender and waits until it has read its data.
    pub(super) fn start(name: &'static str, command: Cmd<'_>) -> Result<Self> {
        let mut child = Command::from(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let (Some(commands), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("{name} was started without pipes");
        };
        let mut contender = Self {
            name,
            about: Value::Null,
            child,
            commands,
            answers: BufReader::new(answers).lines(),
        };
        contender.about = contender.answer()?;
        Ok(contender)
    }

    /// Gives a command and waits for its answer.
    pub(super) fn ask(&mut self, command: &str) -> Result<Value> {
        writeln!(self.commands, "{command}")
            .with_context(|| format!("{} has stopped", self.name))?;
        self.answer()
    }

    /// Trains once.
    pub(super) fn fit(&mut self) -> Result<Fit> {
        let before = self.cpu_seconds()?;
        let answer = self.ask("fit")?;
        Ok(Fit {
            seconds: number(&answer, "seconds")?,
            cpu_seconds: self.cpu_seconds()? - before,
        })
    }

    /// Megabytes in memory now.
    pub(super) fn memory(&self) -> Result<f64> {
        self.status("VmRSS:")
    }

    /// The most megabytes in memory since the start or since [`Contender::forget_peak`].
    pub(super) fn peak_memory(&self) -> Result<f64> {
        self.status("VmHWM:")
    }

    /// Measures the peak from now on.
    pub(super) fn forget_peak(&self) -> Result<()> {
        // 5 resets it: proc(5).
        fs::write(self.proc("clear_refs"), "5").context("the peak of memory cannot be reset")
    }

    fn answer(&mut self) -> Result<Value> {
        let line = self.answers.next().transpose()?;
        let line = line.with_context(|| format!("{} ended early; see above", self.name))?;
        serde_json::from_str(&line)
            .with_context(|| format!("{} answered with what is no JSON: {line}", self.name))
    }

    fn cpu_seconds(&self) -> Result<f64> {
        let path = self.proc("stat");
        let stat = fs::read_to_string(&path)?;
        ticks(&stat)
            .map(|ticks| ticks / TICKS)
            .with_context(|| format!("{path} tells no processor time"))
    }

    fn status(&self, field: &str) -> Result<f64> {
        let path = self.proc("status");
        let status = fs::read_to_string(&path)?;
        let kilobytes: Option<f64> = status
            .lines()
            .find_map(|line| line.strip_prefix(field))
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        let kilobytes = kilobytes.with_context(|| format!("{path} has no {field}"))?;
        Ok(kilobytes * 1024.0 / 1e6)
    }

    fn proc(&self, file: &str) -> String {
        format!("/proc/{}/{file}", self.child.id())
    }
}

impl Drop for Contender {
    fn drop(&mut self) {
        // Nothing is lost with it, and it may be in the middle of something.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A number of an answer.
pub(super) fn number(answer: &Value, field: &str) -> Result<f64> {
    answer[field]
        .as_f64()
        .with_context(|| format!("an answer without {field}: {answer}"))
}

/// User and system time from `/proc/PID/stat`: the 14th and 15th field, the second of which may hold spaces.
fn ticks(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut times = after_name.split_whitespace().skip(11);
    let mut next = || times.next()?.parse::<f64>().ok();
    Some(next()? + next()?)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn processor_time_is_found_behind_any_name() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194304 100 0 0 0 25 17 3 4 20 0 2 0 99";
        assert_eq!(ticks(stat), Some(42.0));
        assert_eq!(ticks("7 (a) S 1"), None);
    }
}
