// The magazine's own script: its lights, and what happens when somebody chooses a film.

const root = document.documentElement;
const films = document.querySelectorAll('matinee-rate, matinee-similar, matinee-recommendations');

/* The lights are those of the visitor's device until the visitor says otherwise. */

const lights = document.querySelector('.lights');
const dark = matchMedia('(prefers-color-scheme: dark)');

function remembered() {
  try {
    return localStorage.getItem('lights');
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem('lights', theme);
  } catch {
    // Then it holds for this visit.
  }
}

function show(theme) {
  if (theme) {
    root.dataset.theme = theme;
    for (const element of films) element.setAttribute('theme', theme);
  }
  lights.setAttribute('aria-pressed', String((theme ?? (dark.matches ? 'dark' : 'light')) === 'dark'));
}

lights.hidden = false;
lights.addEventListener('click', () => {
  const theme = lights.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
  remember(theme);
  show(theme);
});
dark.addEventListener('change', () => show(remembered()));
show(remembered());

/* A click on a film: the magazine has a word first. */

const slip = document.querySelector('.slip');

function select(event) {
  const { title, year, href } = event.detail;
  event.preventDefault();
  const name = document.createElement('cite');
  name.textContent = title;
  const words = document.createElement('span');
  words.append(name, year ? ` (${year})` : '', ' is not in our archive yet.');
  const link = document.createElement('a');
  link.href = href ?? '#article';
  link.textContent = 'Look it up elsewhere';
  slip.replaceChildren(words, ...(href ? [link] : []));
}

for (const element of films) element.addEventListener('select', select);
