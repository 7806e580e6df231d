// What the page does: unfolds rows, and hides those that are not looked for, or are too many to lay out. Without it, and on paper, all rows are
// shown; without it all details are, too.
(() => {
  document.documentElement.classList.add('script');

  // The details of a row are the text of a noscript element until they are unfolded: thousands of them, as elements, take long to load.
  const draw = (details) => {
    const text = details.querySelector('.panel > noscript');
    if (text) { text.parentNode.innerHTML = text.textContent; }
  };

  const unfold = (button, open) => {
    const details = document.getElementById(button.getAttribute('aria-controls'));
    if (open) { draw(details); }
    button.setAttribute('aria-expanded', String(open));
    details.classList.toggle('open', open);
  };

  /** The element of the address, which may be encoded. What people type there may not be text that is encoded. */
  const targetOf = (hash) => {
    if (hash === '') { return null; }
    try {
      return document.getElementById(decodeURIComponent(hash));
    } catch {
      return document.getElementById(hash);
    }
  };

  /** Where a link leads to is opened, as are the policies there. */
  const openTarget = () => {
    const target = targetOf(location.hash.slice(1));
    if (!target) { return; }
    if (target.classList.contains('later')) { document.dispatchEvent(new CustomEvent('showall')); }
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
    const rest = document.getElementById('rest');
    const buttons = rows.map((row) => row.querySelector('button'));

    /** Rows that are shown at first, and more at each request: the layout of thousands takes long. */
    const limit = Number(rest.dataset.limit);
    let most = limit;

    const select = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const wanted = (filter.value === '' || row.dataset.is.split(' ').includes(filter.value)) && words.every((word) => row.dataset.find.includes(word));
        row.hidden = !wanted;
        row.nextElementSibling.hidden = !wanted;
        if (wanted) { shown++; }
        row.classList.toggle('later', wanted && shown > most);
        row.nextElementSibling.classList.toggle('later', wanted && shown > most);
      }
      for (const cluster of clusters) {
        cluster.hidden = !cluster.querySelector('tr.account:not([hidden])');
        cluster.classList.toggle('later', !cluster.hidden && !cluster.querySelector('tr.account:not([hidden], .later)'));
      }
      count.textContent = `${shown} of ${rows.length} service accounts`;
      document.getElementById('nothing').hidden = shown > 0 || rows.length === 0;
      rest.hidden = shown <= most;
      rest.querySelector('span').textContent = `${most} of ${shown} are shown.`;
    };

    const showMore = (rowsShown) => {
      most = rowsShown;
      select();
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
    const isShown = (row) => !row.hidden && !row.classList.contains('later');
    const unfoldShown = (open) => () => buttons.filter((button, i) => isShown(rows[i])).forEach((button) => unfold(button, open));
    document.getElementById('more').addEventListener('click', () => showMore(most + limit));
    document.getElementById('unfold').addEventListener('click', unfoldShown(true));
    document.getElementById('fold').addEventListener('click', unfoldShown(false));
    document.addEventListener('showall', () => showMore(rows.length));
    window.addEventListener('hashchange', openTarget);
    openTarget();
  });
})();
