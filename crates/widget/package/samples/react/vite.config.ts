import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: { target: "es2022" },
  plugins: [react()],
  // The elements' files are served as they are. A site with static files of its own would copy the folder beside them.
  publicDir: "../node_modules/matinee-recommender/elements",
});
