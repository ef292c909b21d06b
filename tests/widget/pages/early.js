// A framework that sets properties, and a page that listens and asks, before the publisher's script has come.
const element = document.querySelector('matinee-recommendations');
window.told = [];
for (const type of ['ready', 'rate', 'select', 'error']) {
  element.addEventListener(type, (event) => window.told.push({ type, detail: structuredClone(event.detail) }));
}
element.count = 5;
element.layout = 'list';
element.loading = 'eager';
customElements.whenDefined('matinee-recommendations').then(async () => {
  // Before there is anything to answer.
  window.stateThen = element.readyState;
  const watched = element.watched({ item: 'movielens:318', seconds: 8000, runtime: 8520 });
  const rated = element.rate('imdb:tt0133093', 4.5);
  window.answers = { rated: await rated, watched: await watched };
});
