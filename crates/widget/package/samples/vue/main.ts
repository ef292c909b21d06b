import { loadElements } from "matinee-recommender/elements";
import { createApp } from "vue";
import App from "./App.vue";

await loadElements(import.meta.env.BASE_URL);
createApp(App).mount("#app");
