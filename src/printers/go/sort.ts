/** What is sorted: `less` may be no order at all, so that the steps of the algorithm decide where things end up. */
export interface Sortable {
  length: number;
  less(i: number, j: number): boolean;
  swap(i: number, j: number): void;
}

/** Sorts in exactly the steps of Go's `sort.Sort`, a pattern-defeating quicksort; not stable above twelve elements. */
export function goSort(data: Sortable): void {
  new Pdqsort(data).sort(0, data.length, bitLength(data.length));
}

function bitLength(number: number): number {
  return number === 0 ? 0 : 32 - Math.clz32(number);
}

type Hint = "unknown" | "increasing" | "decreasing";

class Pdqsort {
  readonly #data: Sortable;
  #swaps = 0;

  constructor(data: Sortable) {
    this.#data = data;
  }

  /** Sorts from `a` to before `b`; after `limit` bad pivots it goes over to a heap sort. */
  sort(a: number, b: number, limit: number): void {
    let balanced = true;
    let partitioned = true;
    for (;;) {
      const length = b - a;
      if (length <= 12) {
        this.#insertion(a, b);
        return;
      }
      if (limit === 0) {
        this.#heap(a, b);
        return;
      }
      if (!balanced) {
        this.#scatter(a, b);
        limit--;
      }
      let { pivot, hint } = this.#choosePivot(a, b);
      if (hint === "decreasing") {
        this.#reverse(a, b);
        pivot = b - 1 - (pivot - a);
        hint = "increasing";
      }
      if (balanced && partitioned && hint === "increasing" && this.#nearlySorted(a, b)) return;
      if (a > 0 && !this.#data.less(a - 1, pivot)) {
        a = this.#partitionEqual(a, b, pivot);
        continue;
      }
      const split = this.#partition(a, b, pivot);
      partitioned = split.already;
      const [left, right] = [split.at - a, b - split.at];
      balanced = Math.min(left, right) >= Math.floor(length / 8);
      if (left < right) {
        this.sort(a, split.at, limit);
        a = split.at + 1;
      } else {
        this.sort(split.at + 1, b, limit);
        b = split.at;
      }
    }
  }

  #insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) {
      for (let j = i; j > a && this.#data.less(j, j - 1); j--) this.#data.swap(j, j - 1);
    }
  }

  #heap(a: number, b: number): void {
    const size = b - a;
    for (let i = Math.trunc((size - 1) / 2); i >= 0; i--) this.#sift(i, size, a);
    for (let i = size - 1; i >= 0; i--) {
      this.#data.swap(a, a + i);
      this.#sift(0, i, a);
    }
  }

  #sift(root: number, size: number, first: number): void {
    for (let child = 2 * root + 1; child < size; child = 2 * root + 1) {
      if (child + 1 < size && this.#data.less(first + child, first + child + 1)) child++;
      if (!this.#data.less(first + root, first + child)) return;
      this.#data.swap(first + root, first + child);
      root = child;
    }
  }

  /** Everything left of the pivot's place is less than it. */
  #partition(a: number, b: number, pivot: number): { at: number; already: boolean } {
    const { less, swap } = this.#bound();
    swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    let already = true;
    for (;;) {
      while (i <= j && less(i, a)) i++;
      while (i <= j && !less(j, a)) j--;
      if (i > j) break;
      already = false;
      swap(i++, j--);
    }
    swap(j, a);
    return { at: j, already };
  }

  /** Moves what equals the pivot to the front; nothing is less than it. */
  #partitionEqual(a: number, b: number, pivot: number): number {
    const { less, swap } = this.#bound();
    swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (;;) {
      while (i <= j && !less(a, i)) i++;
      while (i <= j && less(a, j)) j--;
      if (i > j) return i;
      swap(i++, j--);
    }
  }

  /** Puts right up to five pairs of a list that is almost sorted; true when it then is. */
  #nearlySorted(a: number, b: number): boolean {
    const { less, swap } = this.#bound();
    let i = a + 1;
    for (let step = 0; step < 5; step++) {
      while (i < b && !less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < 50) return false;
      swap(i, i - 1);
      if (i - a >= 2) for (let j = i - 1; j >= 1 && less(j, j - 1); j--) swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && less(j, j - 1); j++) swap(j, j - 1);
    }
    return false;
  }

  /** Moves three elements to places that an xorshift of the length names. */
  #scatter(a: number, b: number): void {
    const length = b - a;
    if (length < 8) return;
    let random = BigInt(length);
    const mask = (1n << BigInt(bitLength(length))) - 1n;
    const middle = a + Math.floor(length / 4) * 2;
    for (let index = middle - 1; index <= middle + 1; index++) {
      random ^= BigInt.asUintN(64, random << 13n);
      random ^= random >> 7n;
      random ^= BigInt.asUintN(64, random << 17n);
      const other = Number(random & mask);
      this.#data.swap(index, a + (other >= length ? other - length : other));
    }
  }

  #choosePivot(a: number, b: number): { pivot: number; hint: Hint } {
    const length = b - a;
    const quarter = Math.floor(length / 4);
    let [i, j, k] = [a + quarter, a + quarter * 2, a + quarter * 3];
    this.#swaps = 0;
    if (length >= 8) {
      if (length >= 50) {
        i = this.#median(i - 1, i, i + 1);
        j = this.#median(j - 1, j, j + 1);
        k = this.#median(k - 1, k, k + 1);
      }
      j = this.#median(i, j, k);
    }
    return { pivot: j, hint: this.#swaps === 0 ? "increasing" : this.#swaps === 12 ? "decreasing" : "unknown" };
  }

  #median(a: number, b: number, c: number): number {
    [a, b] = this.#ordered(a, b);
    [b, c] = this.#ordered(b, c);
    [a, b] = this.#ordered(a, b);
    return b;
  }

  #ordered(a: number, b: number): [number, number] {
    if (!this.#data.less(b, a)) return [a, b];
    this.#swaps++;
    return [b, a];
  }

  #reverse(a: number, b: number): void {
    for (let [i, j] = [a, b - 1]; i < j; i++, j--) this.#data.swap(i, j);
  }

  #bound(): { less(i: number, j: number): boolean; swap(i: number, j: number): void } {
    const data = this.#data;
    return { less: (i, j) => data.less(i, j), swap: (i, j) => data.swap(i, j) };
  }
}
