// What the page does: unfolds and sorts rows, collapses the columns of services, and hides rows that do not match, or are too many to lay
// out. Without it, all rows with their details are shown, in the order of the page.
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
    if (target.hidden) { document.dispatchEvent(new CustomEvent('matchall')); }
    if (target.classList.contains('later')) { document.dispatchEvent(new CustomEvent('showall')); }
    const button = target.querySelector(':scope > th > button');
    if (button) { unfold(button, true); }
    target.querySelectorAll(':scope > details').forEach((details) => { details.open = true; });
    target.scrollIntoView();
    if (target.tabIndex === -1) { target.focus(); }
  };

  document.addEventListener('DOMContentLoaded', () => {
    const rows = [...document.querySelectorAll('tr.account')];
    const body = document.querySelector('#matrix > tbody');
    const search = document.getElementById('search');
    const filters = [...document.querySelectorAll('select.filter')];
    const order = document.getElementById('order');
    const count = document.getElementById('count');
    const rest = document.getElementById('rest');

    /** Rows that are shown at first, and more at each request: the layout of thousands takes long. */
    const limit = Number(rest.dataset.limit);
    let most = limit;

    const select = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = filters.map(({ value }) => value).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const is = row.dataset.is.split(' ');
        const wanted = chosen.every((word) => is.includes(word)) && words.every((word) => row.dataset.find.includes(word));
        row.hidden = !wanted;
        row.nextElementSibling.hidden = !wanted;
        if (wanted) { shown++; }
        row.classList.toggle('later', wanted && shown > most);
        row.nextElementSibling.classList.toggle('later', wanted && shown > most);
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

    const clear = () => {
      search.value = '';
      filters.forEach((filter) => { filter.value = ''; });
      select();
    };

    /** The page has the positions of each row in every order. */
    const sort = () => {
      const position = new Map(rows.map((row) => [row, Number(row.dataset.order.split(' ')[order.selectedIndex])]));
      rows.sort((a, b) => position.get(a) - position.get(b));
      body?.append(...rows.flatMap((row) => [row, row.nextElementSibling]));
      select();
    };

    // The columns of a service: the index of the first one, and their number.
    let end = 3;
    const services = [...document.querySelectorAll('#matrix thead th.service')].map((head) => {
      const [first, span] = [end, head.colSpan];
      end += span;
      return { head, button: head.querySelector('button'), first, span };
    });
    const groups = document.querySelectorAll('#matrix > colgroup.service');
    const levels = [...document.querySelectorAll('#matrix thead th.level')];
    const nameOf = (level) => (level.querySelector('.hidden') ?? level).textContent;

    /** One cell that stands for all cells of a service. Screen readers read what each of them says. */
    const cellFor = (row, i, cells) => {
      const [state, ...numbers] = row.dataset.services.split('|')[i].split(' ');
      const cell = document.createElement('td');
      cell.className = 'first whole';
      if (state === '') { return cell; }
      cell.className = `cell ${state} first whole`;
      const part = (name, text) => {
        const span = document.createElement('span');
        span.className = name;
        span.textContent = text;
        if (name !== 'hidden') { span.setAttribute('aria-hidden', 'true'); }
        return span;
      };
      const sign = document.querySelector(`.key .${state} .sign`).textContent;
      const names = levels.slice(services[i].first - 3).map(nameOf);
      const words = cells.flatMap((one, j) => {
        const text = one.querySelector('.hidden');
        return text ? [`${names[j]}: ${text.textContent}`] : [];
      });
      cell.append(part('sign', sign), part('number', numbers.join(' ')), part('hidden', words.join('; ')));
      return cell;
    };

    /** Shows the columns of a service, or one column in their place. */
    const expand = (i, open) => {
      const { head, button, first, span } = services[i];
      if (!button || (button.getAttribute('aria-expanded') === 'true') === open) { return; }
      button.setAttribute('aria-expanded', String(open));
      head.colSpan = open ? span : 1;
      groups[i].span = head.colSpan;
      const heads = levels.slice(first - 3, first - 3 + span);
      heads.forEach((level) => { level.hidden = !open; });
      if (open) {
        heads[0].previousElementSibling.remove();
      } else {
        const level = document.createElement('th');
        level.scope = 'col';
        level.className = 'level first whole';
        level.textContent = 'all';
        heads[0].before(level);
      }
      for (const row of rows) {
        const cells = [...row.children].filter((cell) => !cell.classList.contains('whole')).slice(first, first + span);
        if (open) { cells[0].previousElementSibling.remove(); } else { cells[0].before(cellFor(row, i, cells)); }
        cells.forEach((cell) => { cell.hidden = !open; });
        row.nextElementSibling.firstElementChild.colSpan += open ? span - 1 : 1 - span;
      }
    };

    const collapse = document.getElementById('collapse');
    const isExpanded = ({ button }) => button?.getAttribute('aria-expanded') === 'true';
    const nameCollapse = () => {
      collapse.textContent = services.some(isExpanded) ? 'Collapse services' : 'Expand services';
    };
    collapse.hidden = !services.some(isExpanded);
    collapse.addEventListener('click', () => {
      const open = !services.some(isExpanded);
      services.forEach((_, i) => expand(i, open));
      nameCollapse();
    });
    services.forEach((service, i) => service.button?.addEventListener('click', () => {
      expand(i, !isExpanded(service));
      nameCollapse();
    }));

    search.addEventListener('input', select);
    filters.forEach((filter) => filter.addEventListener('change', select));
    order.addEventListener('change', sort);
    document.getElementById('clear').addEventListener('click', clear);
    document.addEventListener('matchall', clear);
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
    const unfoldShown = (open) => () => rows.filter(isShown).forEach((row) => unfold(row.querySelector('button'), open));
    document.getElementById('more').addEventListener('click', () => showMore(most + limit));
    document.getElementById('unfold').addEventListener('click', unfoldShown(true));
    document.getElementById('fold').addEventListener('click', unfoldShown(false));
    document.addEventListener('showall', () => showMore(rows.length));
    window.addEventListener('hashchange', openTarget);
    openTarget();
  });
})();
