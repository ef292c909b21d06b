import { load, MatineeError, type Recommendation } from "matinee-recommender";

const known = document.querySelector<HTMLElement>("#known")!;
const films = document.querySelector<HTMLElement>("#films")!;
const files = document.querySelector<HTMLInputElement>("#files")!;

try {
  const matinee = await load({ model: "model.json", language: navigator.languages });

  const row = (film: Recommendation) => {
    const item = document.createElement("li");
    const loved = document.createElement("button");
    loved.textContent = `I loved ${film.title}`;
    loved.onclick = () => matinee.rate(film, 5);
    item.append(loved, ` ${film.facts} `, film.reason?.text ?? "");
    return item;
  };
  const show = () => {
    known.textContent = `Known ${Math.round(matinee.knowledge() * 100)}%, ${matinee.ratings().length} rated`;
    films.replaceChildren(...matinee.recommend({ count: 10 }).map(row));
  };
  files.onchange = async () => {
    const report = await matinee.import(files.files ?? []);
    for (const { file, what } of report.refused) console.warn(file, what);
  };
  matinee.subscribe(show);
  show();
} catch (error) {
  known.textContent = error instanceof MatineeError ? `${error.message} (${error.code})` : String(error);
}
