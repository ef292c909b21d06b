customElements.define('matinee-rate', class extends HTMLElement {});
