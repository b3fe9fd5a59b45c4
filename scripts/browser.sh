#!/bin/sh
# Sees to it that the browser tests find a Chromium; says what to do where it cannot.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's chromium for the browser tests ..."
    { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 && exit 0
    echo "chromium could not be installed."
fi
echo "No Chromium found, so the browser tests (tests/browser) are left out."
echo "Debian: sudo apt install chromium    macOS: brew install --cask chromium"
exit 0
