// What the page does: unfolds rows, and hides those that are not looked for. Without it all is shown.
(() => {
  document.documentElement.classList.add('script');

  const unfold = (button, open) => {
    button.setAttribute('aria-expanded', String(open));
    document.getElementById(button.getAttribute('aria-controls')).classList.toggle('open', open);
  };

  /** Where a link leads to is opened, as are the policies there. */
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    const button = target.querySelector(':scope > th > button');
    if (button) { unfold(button, true); }
    target.querySelectorAll(':scope > details').forEach((details) => { details.open = true; });
    target.scrollIntoView();
    if (target.tabIndex === -1) { target.focus(); }
  };

  document.addEventListener('DOMContentLoaded', () => {
    const rows = [...document.querySelectorAll('tr.account')];
    const clusters = [...document.querySelectorAll('#matrix > tbody')];
    const search = document.getElementById('search');
    const filter = document.getElementById('filter');
    const count = document.getElementById('count');
    const buttons = rows.map((row) => row.querySelector('button'));

    const select = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const wanted = (filter.value === '' || row.dataset.is.split(' ').includes(filter.value)) && words.every((word) => row.dataset.find.includes(word));
        row.hidden = !wanted;
        row.nextElementSibling.hidden = !wanted;
        if (wanted) { shown++; }
      }
      for (const cluster of clusters) { cluster.hidden = !cluster.querySelector('tr.account:not([hidden])'); }
      count.textContent = `${shown} of ${rows.length} service accounts`;
      document.getElementById('nothing').hidden = shown > 0 || rows.length === 0;
    };

    search.addEventListener('input', select);
    filter.addEventListener('change', select);
    search.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || search.value === '') { return; }
      search.value = '';
      select();
    });
    document.addEventListener('click', ({ target }) => {
      const button = target.closest('button[aria-controls]');
      if (button) { unfold(button, button.getAttribute('aria-expanded') !== 'true'); }
      // A link to where the page is already leads there again.
      if (target.closest('a[href^="#"]')?.getAttribute('href') === location.hash) { openTarget(); }
    });
    const unfoldShown = (open) => () => buttons.filter((button, i) => !rows[i].hidden).forEach((button) => unfold(button, open));
    document.getElementById('unfold').addEventListener('click', unfoldShown(true));
    document.getElementById('fold').addEventListener('click', unfoldShown(false));
    window.addEventListener('hashchange', openTarget);
    openTarget();
  });
})();
