// The button prints; without this file the page says how to print by oneself.
document.querySelectorAll('[data-print]').forEach((button) => button.addEventListener('click', () => window.print()));
