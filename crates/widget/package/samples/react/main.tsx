import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { loadElements, type MatineeElement, type RateDetail } from "matinee-recommender/elements";
import type {} from "matinee-recommender/react";

function App() {
  const element = useRef<MatineeElement>(null);
  const [shown, setShown] = useState(0);
  const [rated, setRated] = useState<RateDetail | null>(null);
  return (
    <main>
      <h1>Films with React</h1>
      <p role="status">{rated ? `${rated.title}: ${rated.stars} stars` : `${shown} films`}</p>
      <button onClick={() => element.current?.rate("imdb:tt0133093", 5)}>I loved The Matrix</button>
      <matinee-recommendations
        ref={element}
        model="model.json"
        layout="grid"
        count={6}
        loading="eager"
        onready={(event) => setShown(event.detail.films.length)}
        onrate={(event) => setRated(event.detail)}
        onerror={(event) => console.warn(event.detail.message)}
      />
    </main>
  );
}

await loadElements(import.meta.env.BASE_URL);
createRoot(document.querySelector("#app")!).render(<App />);
