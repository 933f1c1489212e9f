// What one core can do with workload W1, written by hand in C: the figure that the benchmarks hold our kernels against.
//
// Montbrio-Pazo-Roxin mean field (Montbrio, Pazo, Roxin 2015) on a delayed network, linear coupling, Heun's scheme with
// additive noise. Semantics are TVB's: the coupling is read once a step and serves both stages of the scheme, so does the
// noise increment, and r is kept at or above 0 after each stage.
//
// The coupling of the next BLOCK steps is computed at once: every delay is at least BLOCK steps, so all of it lies in the
// past. History is stored [region][time]; an edge then loads BLOCK consecutive values, whatever its delay. Links of a
// region to itself without length are added inside the step.
//
// build  cc -O3 -march=native -ffast-math -DREAL=float -DREGISTERS=4 mpr.c -o mpr -lm
// run    ./mpr CONNECTOME STEPS NOISE DT SPEED [DUMP]
//   CONNECTOME  little-endian f64: region count N, N*N weights [target][source], N*N tract lengths in mm
//   NOISE       1 or 0;  DT in ms;  SPEED in mm/ms;  DUMP: file for r and V of every step, f64 [step][variable][region]
// prints one line of JSON
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef REAL
#define REAL float
#endif
#ifndef REGISTERS
#define REGISTERS 4 // accumulators held through an edge loop: a power of two, as the ring's length is
#endif
// Bytes of the machine's own vectors: gcc takes wider ones apart badly.
#if defined(BYTES)
#elif defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX__)
#define BYTES 32
#else
#define BYTES 16
#endif
#define WIDTH ((int)(BYTES / sizeof(REAL)))
#define BLOCK (REGISTERS * WIDTH)
#define PI ((REAL)3.14159265358979323846)

typedef REAL vector __attribute__((vector_size(BYTES)));
typedef REAL unaligned __attribute__((vector_size(BYTES), aligned(sizeof(REAL)), may_alias));

static const REAL tau = 1, Delta = (REAL)0.7, J = (REAL)14.5, eta = (REAL)-4.6, gain = (REAL)0.2;
static const double noise_r = 0.01, noise_V = 0.02; // D: the variance of a step is 2 D dt

static void stop(const char *why) {
  fprintf(stderr, "mpr: %s\n", why);
  exit(2);
}

static void *zeroed(size_t bytes) {
  size_t rounded = (bytes + 63) / 64 * 64;
  void *p = aligned_alloc(64, rounded);
  if (!p) stop("out of memory");
  return memset(p, 0, rounded);
}

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

// ---- normal deviates: STREAMS generators xoshiro128+ (Blackman, Vigna 2021) side by side, then Box and Muller's transform ----

#define STREAMS 64
static uint32_t s0[STREAMS], s1[STREAMS], s2[STREAMS], s3[STREAMS];

static uint32_t splitmix(uint64_t *state) {
  uint64_t x = *state += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return (uint32_t)(x ^ (x >> 31));
}

static void seed(uint64_t state) {
  for (int i = 0; i < STREAMS; i++) {
    s0[i] = splitmix(&state), s1[i] = splitmix(&state), s2[i] = splitmix(&state), s3[i] = splitmix(&state);
  }
}

static inline void next(uint32_t *restrict out) {
  for (int i = 0; i < STREAMS; i++) {
    uint32_t shifted = s1[i] << 9;
    out[i] = s0[i] + s3[i];
    s2[i] ^= s0[i], s3[i] ^= s1[i], s1[i] ^= s2[i], s0[i] ^= s3[i];
    s2[i] ^= shifted;
    s3[i] = (s3[i] << 11) | (s3[i] >> 21);
  }
}

// ln u for u in (0, 1) from 24 random bits: exponent split off, atanh series in (m-1)/(m+1), |error| < 2e-7 relative
static inline float log_uniform(uint32_t bits) {
  union { float f; int32_t i; } x = {((float)(int32_t)(bits >> 8) + 0.5f) * 5.9604645e-8f};
  int32_t exponent = (x.i - 0x3f3504f3) >> 23;
  x.i -= exponent << 23;
  float z = (x.f - 1) / (x.f + 1), q = z * z;
  return (float)exponent * 0.69314718f + 2 * z * (1 + q * (1.f / 3 + q * (1.f / 5 + q * (1.f / 7 + q * (1.f / 9)))));
}

static void normals(REAL *restrict out, long count) {
  uint32_t a[STREAMS], b[STREAMS];
  for (long k = 0; k < count; k += 2 * STREAMS) {
    next(a), next(b);
    for (int i = 0; i < STREAMS; i++) {
      float radius = sqrtf(-2 * log_uniform(a[i]));
      // Taylor polynomials at half of the angle, then the double angle's identities
      float y = (float)(int32_t)b[i] * (float)(1.5707963267948966 / 2147483648.0), q = y * y;
      float s = y * (1 + q * (-1.f / 6 + q * (1.f / 120 + q * (-1.f / 5040 + q * (1.f / 362880 - q / 39916800)))));
      float c = 1 + q * (-1.f / 2 + q * (1.f / 24 + q * (-1.f / 720 + q * (1.f / 40320 + q * (-1.f / 3628800 + q / 479001600)))));
      out[k + i] = radius * 2 * s * c;
      out[k + STREAMS + i] = radius * (1 - 2 * s * s);
    }
  }
}

// ---- one step of all regions ----

static inline void step(int n, REAL dt, REAL scale_r, REAL scale_V, REAL *restrict r, REAL *restrict V,
                        const REAL *restrict coupling, const REAL *restrict self, const REAL *restrict zr, const REAL *restrict zV) {
  const REAL rest = Delta / (PI * tau), rate = 1 / tau, square = PI * PI * tau * tau, half = dt / 2;
  for (int i = 0; i < n; i++) {
    REAL a = r[i], b = V[i], input = eta + gain * (coupling[i] + self[i] * a), xr = scale_r * zr[i], xV = scale_V * zV[i];
    REAL da = rate * (rest + 2 * b * a), db = rate * (b * b - square * a * a + J * tau * a + input);
    REAL a1 = a + dt * da + xr, b1 = b + dt * db + xV;
    a1 = a1 < 0 ? 0 : a1;
    REAL da1 = rate * (rest + 2 * b1 * a1), db1 = rate * (b1 * b1 - square * a1 * a1 + J * tau * a1 + input);
    REAL a2 = a + half * (da + da1) + xr;
    r[i] = a2 < 0 ? 0 : a2;
    V[i] = b + half * (db + db1) + xV;
  }
}

int main(int argc, char **argv) {
  if (argc < 6) stop("usage: mpr CONNECTOME STEPS NOISE DT SPEED [DUMP]");
  const long steps = atol(argv[2]);
  const int noise = atoi(argv[3]);
  const double dt = atof(argv[4]), speed = atof(argv[5]);

  double regions;
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(&regions, 8, 1, file) != 1 || regions < 1 || regions > 1e5) stop("no connectome");
  const int N = (int)regions, padded = (N + WIDTH - 1) / WIDTH * WIDTH;
  double *weights = zeroed(8L * N * N), *lengths = zeroed(8L * N * N);
  if (fread(weights, 8, (size_t)N * N, file) + fread(lengths, 8, (size_t)N * N, file) != 2 * (size_t)N * N) stop("short connectome");
  fclose(file);

  // edges in rows of targets
  int *row = zeroed(sizeof(int) * (N + 1)), *source = zeroed(sizeof(int) * N * N), *delay = zeroed(sizeof(int) * N * N);
  REAL *weight = zeroed(sizeof(REAL) * N * N), *self = zeroed(sizeof(REAL) * padded);
  int edges = 0, longest = 0;
  for (int i = 0; i < N; row[++i] = edges) {
    for (int j = 0; j < N; j++) {
      double w = weights[(long)i * N + j];
      int d = (int)rint(lengths[(long)i * N + j] / speed / dt);
      if (w == 0) continue;
      if (i == j && d == 0) { self[i] = w; continue; }
      if (d < BLOCK) stop("a delay is shorter than the block");
      source[edges] = j, delay[edges] = d, weight[edges++] = w;
      if (d > longest) longest = d;
    }
  }

  long ring = BLOCK;
  while (ring < longest + BLOCK) ring *= 2;
  // each row ends with a copy of its first BLOCK values, so that a load never wraps; 8 more values spread the rows over cache sets
  const long stride = ring + BLOCK + 8, mask = ring - 1;
  REAL *history = zeroed(sizeof(REAL) * stride * N), *r = zeroed(sizeof(REAL) * padded), *V = zeroed(sizeof(REAL) * padded);
  for (long k = 0; k < stride * N; k++) history[k] = (REAL)0.1;
  for (int i = 0; i < padded; i++) r[i] = (REAL)0.1, V[i] = -2;
  const long drawn = (2L * padded * BLOCK + 2 * STREAMS - 1) / (2 * STREAMS) * (2 * STREAMS);
  REAL *z = zeroed(sizeof(REAL) * drawn), *coupling = zeroed(sizeof(REAL) * BLOCK * padded), *sent = zeroed(sizeof(REAL) * BLOCK * padded);
  const REAL scale_r = noise ? sqrt(2 * noise_r * dt) : 0, scale_V = noise ? sqrt(2 * noise_V * dt) : 0;
  FILE *dump = argc > 6 ? fopen(argv[6], "wb") : NULL;
  seed(42);

  const double cpu = seconds(CLOCK_THREAD_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
  for (long t = 0; t < steps; t += BLOCK) {
    if (noise) normals(z, drawn);
    for (int i = 0; i < N; i++) {
      vector sum[REGISTERS] = {0};
      for (int k = row[i]; k < row[i + 1]; k++) {
        const REAL *past = history + source[k] * stride + ((t - delay[k]) & mask), w = weight[k];
#pragma GCC unroll 16
        for (int v = 0; v < REGISTERS; v++) sum[v] += w * *(const unaligned *)(past + v * WIDTH);
      }
      for (int v = 0; v < REGISTERS; v++)
        for (int b = 0; b < WIDTH; b++) coupling[(v * WIDTH + b) * (long)padded + i] = sum[v][b];
    }
    for (int b = 0; b < BLOCK; b++) {
      memcpy(sent + b * (long)padded, r, sizeof(REAL) * padded);
      const REAL *deviates = z + 2L * b * padded;
      step(padded, dt, scale_r, scale_V, r, V, coupling + b * (long)padded, self, deviates, deviates + padded);
      if (dump && t + b < steps) {
        for (int i = 0; i < N; i++) { double x = r[i]; fwrite(&x, 8, 1, dump); }
        for (int i = 0; i < N; i++) { double x = V[i]; fwrite(&x, 8, 1, dump); }
      }
    }
    const long at = t & mask;
    for (int j = 0; j < N; j++) {
      REAL *own = history + j * stride;
      for (int b = 0; b < BLOCK; b++) own[at + b] = sent[b * (long)padded + j];
      if (at == 0) memcpy(own + ring, own, sizeof(REAL) * BLOCK);
    }
  }
  const double took = seconds(CLOCK_MONOTONIC) - wall, cpu_took = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
  if (dump) fclose(dump);

  double mean = 0;
  for (int i = 0; i < N; i++) mean += r[i] / N;
  const long done = (steps + BLOCK - 1) / BLOCK * BLOCK;
  printf("{\"regionSteps\": %.0f, \"seconds\": %.6f, \"cpuSeconds\": %.6f, \"edges\": %d, \"block\": %d, \"mean\": %.6f}\n",
         (double)N * done, took, cpu_took, edges, BLOCK, mean);
  return 0;
}
