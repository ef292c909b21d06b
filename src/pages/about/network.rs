//! What was asked of the network during this visit.

use matinee_web::words::{grouped, tenths};
use tr::tr;
use yew::prelude::*;

use crate::effects::{Came, Request};

/// Every request, with a sentence that sums them up.
pub(super) fn table(requests: &[Request]) -> Html {
    let elsewhere = requests
        .iter()
        .filter(|request| request.came == Came::Elsewhere)
        .count();
    let sent = requests.iter().filter(|request| request.came == Came::Sent);
    let all = bytes(sent.map(|request| request.bytes).sum());
    let row = |(request, times): &(&Request, usize)| {
        let came = match request.came {
            Came::Sent => tr!("network"),
            Came::Kept => tr!("this device"),
            Came::Elsewhere => tr!("another site"),
        };
        let name = match request.address.as_str() {
            "" => tr!("the page itself"),
            address => address.to_owned(),
        };
        let name = match times {
            1 => name,
            times => tr!("{}, {} times", name, times),
        };
        html! {
            <tr data-came={format!("{:?}", request.came)}>
                <th scope="row">{ name }</th>
                <td>{ came }</td>
                <td class="num">{ bytes(request.bytes * *times as f64) }</td>
            </tr>
        }
    };
    html! {
        <>
            <p data-testid="requests-sum">
                if elsewhere == 0 {
                    { tr!("All of them went to this site; {} came over the network.", all) }
                } else {
                    { tr!("One request went to another site: the browser or one of its extensions made it, Matinee makes none."
                        | "{n} requests went to other sites: the browser or its extensions made them, Matinee makes none." % elsewhere) }
                }
            </p>
            <details class="books__fold" open={elsewhere > 0}>
                <summary>{ tr!("One request" | "All {n} requests" % requests.len()) }</summary>
                <table class="table books" data-testid="requests">
                    <caption class="visually-hidden">{ tr!("What went over the network") }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ tr!("File") }</th>
                            <th scope="col">{ tr!("Came from") }</th>
                            <th scope="col" class="num">{ tr!("Size") }</th>
                        </tr>
                    </thead>
                    <tbody>{ for alike(requests).iter().map(row) }</tbody>
                </table>
            </details>
        </>
    }
}

/// The requests, those for one file from one place together, with how many they are.
fn alike(requests: &[Request]) -> Vec<(&Request, usize)> {
    let mut alike: Vec<(&Request, usize)> = Vec::new();
    for request in requests {
        match alike.iter_mut().find(|(other, _)| *other == request) {
            Some((_, times)) => *times += 1,
            None => alike.push((request, 1)),
        }
    }
    alike
}

/// "812 B", "47 KB", "1.2 MB".
pub(super) fn bytes(count: f64) -> String {
    let (kilo, mega) = (count / 1000.0, count / 1_000_000.0);
    if count < 1000.0 {
        tr!("{} B", grouped(count as u64))
    } else if kilo < 1000.0 {
        tr!("{} KB", grouped(kilo as u64))
    } else {
        tr!("{} MB", tenths(mega as f32))
    }
}
