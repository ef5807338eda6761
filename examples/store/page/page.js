// SPDX-License-Identifier: MIT
// What a store's page does with the Download Manager of Windows Media Player. The language is that
// of the Player's pages, JScript 5: var, no JSON, no modules.

// What was bought, beside the page.
var songs = ["songs/ebb.mp3", "songs/flow.mp3", "songs/slack.mp3", "songs/spring.mp3",
             "songs/neap.mp3"];

// WMPSubscriptionDownloadState; they come in any order.
var COMPLETED = 3;
var CANCELED = 4;

var COUNT_COOKIE = "downloads"; // How many of the others there are: download0, download1, ...
var ID_COOKIE = "download";
var COOKIE_DAYS = 30;
var MOST_COOKIES = 40; // A browser keeps about fifty for one host.

var manager = null; // external.DownloadManager

// The page opens and closes.

function openPage() {
  attempt(function () {
    findManager();
    window.external.OnColorChange = takeColor;
    takeColor(); // It is called at a change only.
    restoreDownloads();
    window.setInterval(showState, 1000);
  });
}

function closePage() {
  attempt(saveDownloads);
}

// A browser has none, and the Player gives one to the panes of a store alone.
function findManager() {
  if (typeof window.external != "undefined" &&
      typeof window.external.DownloadManager != "undefined") {
    manager = window.external.DownloadManager;
  }
  theManager();
}

function theManager() {
  if (manager == null) {
    throw new Error("This page downloads only inside Windows Media Player.");
  }
  return manager;
}

function takeColor() {
  document.bgColor = window.external.appColorLight;
}

// Downloads: one collection for each click.

function downloadSongs() {
  attempt(function () {
    var collection = theManager().createDownloadCollection();
    var type = selectedValue("selType");
    var i;

    listDownload(collection.id); // First: what has started is seen when the next one fails.
    for (i = 0; i < songs.length; i++) {
      collection.startDownload(besideThePage(songs[i]), type);
    }
    selectDownload(element("selDLC").length - 1);
    say(songs.length + " downloads started.");
  });
}

// startDownload wants an absolute address.
function besideThePage(name) {
  var page = window.location.href.split(/[?#]/)[0];

  return page.substring(0, page.lastIndexOf("/") + 1) + name;
}

function listDownload(id) {
  addOption(element("selDLC"), id, "Download " + id);
}

// A list that a script changes fires no onchange, so its handler is called.
function selectDownload(index) {
  element("selDLC").selectedIndex = index;
  showItems();
}

function selectedCollection() {
  var id = numberOf(selectedValue("selDLC"));

  return id == 0 ? null : theManager().getDownloadCollection(id);
}

// Songs: the items of the selected collection.

function showItems() {
  attempt(function () {
    listItems();
    showState();
  });
}

function listItems() {
  var list = element("selItem");
  var collection = selectedCollection();
  var was = list.selectedIndex;
  var i;

  while (list.length > 0) {
    list.remove(0);
  }
  for (i = 0; collection != null && i < collection.count; i++) {
    addOption(list, i, fileName(collection.item(i).sourceURL));
  }
  list.selectedIndex = Math.min(Math.max(was, 0), list.length - 1);
}

function fileName(address) {
  return address.substring(address.lastIndexOf("/") + 1);
}

function selectedItem() {
  var collection = selectedCollection();
  var index = element("selItem").selectedIndex;

  return collection == null || index < 0 ? null : collection.item(index);
}

// Every second, too.
function showState() {
  attempt(function () {
    var item = selectedItem();

    element("dlstate").innerText = item == null ? "" : stateOf(item);
  });
}

function stateOf(item) {
  var state = item.downloadState;

  if (state == COMPLETED) {
    return "Size: Completed, progress: Completed";
  }
  if (state == CANCELED) {
    return "Size: Canceled, progress: Canceled";
  }
  return "Size: " + amount(item.size) + ", progress: " + amount(item.progress);
}

// 0 and less: the Player does not know it yet.
function amount(bytes) {
  return bytes <= 0 ? "Waiting..." : bytes + " bytes";
}

// The buttons of a song.

function pauseItem() {
  withItem("Paused.", function (item) { item.pause(); });
}

function resumeItem() {
  withItem("Resumed.", function (item) { item.resume(); });
}

function cancelItem() {
  withItem("Canceled.", function (item) { item.cancel(); });
}

// The songs behind it move up: indexes are counted anew.
function removeItem() {
  withItem("Removed.", function () {
    selectedCollection().removeItem(element("selItem").selectedIndex);
    listItems();
  });
}

function withItem(done, action) {
  attempt(function () {
    var item = selectedItem();

    if (item == null) {
      throw new Error("Choose a song first.");
    }
    action(item);
    say(done);
    showState();
  });
}

// From one session to the next: the ids of unfinished downloads, in cookies.

function saveDownloads() {
  var downloads = theManager();
  var options = element("selDLC").options;
  var before = numberOf(readCookie(COUNT_COOKIE));
  var count = 0;
  var i;

  // Numbered without gaps, and not by their places in the list: the reader stops at the count.
  for (i = 0; i < options.length && count < MOST_COOKIES; i++) {
    var id = numberOf(options[i].value);

    if (willGoOn(downloads.getDownloadCollection(id))) {
      writeCookie(ID_COOKIE + count, id);
      count++;
    }
  }
  for (i = count; i < before && i < MOST_COOKIES; i++) {
    deleteCookie(ID_COOKIE + i);
  }
  writeCookie(COUNT_COOKIE, count);
}

function restoreDownloads() {
  var count = Math.min(numberOf(readCookie(COUNT_COOKIE)), MOST_COOKIES);
  var i;

  for (i = 0; i < count; i++) {
    var id = numberOf(readCookie(ID_COOKIE + i));

    if (id != 0) {
      listDownload(id);
    }
  }
  selectDownload(element("selDLC").length - 1);
}

// Real time downloads end with the Player: only background ones are worth coming back for.
function willGoOn(collection) {
  var i;

  for (i = 0; i < collection.count; i++) {
    var item = collection.item(i);

    if (item.type == "background" && item.downloadState != COMPLETED &&
        item.downloadState != CANCELED) {
      return true;
    }
  }
  return false;
}

// A cookie without an expiry is gone when another store is chosen.
function writeCookie(name, value) {
  var until = new Date();

  until.setTime(until.getTime() + COOKIE_DAYS * 24 * 60 * 60 * 1000);
  document.cookie = name + "=" + value + "; expires=" + until.toGMTString();
}

function deleteCookie(name) {
  document.cookie = name + "=; expires=Thu, 01 Jan 1970 00:00:00 GMT";
}

// "": there is none.
function readCookie(name) {
  var cookies = document.cookie.split("; ");
  var i;

  for (i = 0; i < cookies.length; i++) {
    if (cookies[i].indexOf(name + "=") == 0) {
      return cookies[i].substring(name.length + 1);
    }
  }
  return "";
}

// Small things.

// Cookies and options are texts, and an id is a number. 0: it is none.
function numberOf(text) {
  var number = parseInt(text, 10);

  return isNaN(number) ? 0 : number;
}

// The Player shows no dialogs: what goes wrong is said in the page.
function attempt(action) {
  try {
    action();
  } catch (error) {
    say(error.message);
  }
}

function say(text) {
  element("message").innerText = text;
}

function element(id) {
  return document.getElementById(id);
}

function addOption(list, value, text) {
  var option = document.createElement("OPTION");

  option.value = value;
  option.text = text;
  list.add(option);
}

function selectedValue(id) {
  var list = element(id);

  return list.selectedIndex < 0 ? "" : list.options[list.selectedIndex].value;
}
