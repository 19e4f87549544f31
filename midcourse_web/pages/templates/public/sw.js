{% load static %}// Keeps "help now" for when there is no connection. No other page is ever kept.
"use strict";
const KEPT = "midcourse-help-1";
const PAGES = ["/offline/", "{% static 'midcourse/midcourse.css' %}"];
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PAGES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((n) => n !== KEPT).map((n) => caches.delete(n)))));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const page = request.mode === "navigate";
  const kept = PAGES.includes(new URL(request.url).pathname);
  if (!page && !kept) return;
  event.respondWith(fetch(request).catch(() => caches.match(kept ? request : "/offline/")));
});
