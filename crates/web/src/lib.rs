//! What the app and the widget share in a browser.
