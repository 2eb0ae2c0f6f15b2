-- module: wording
-- The list of wrong words is a ground of its own: site health reads the stock with it, and publishing may ask it before a text goes out.
comment on table wrong_words is 'What is looked for in texts beside the words that come with the system (S-WORD-03); one list for the house.';
